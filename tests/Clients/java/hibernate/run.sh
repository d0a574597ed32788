#!/bin/sh
# Compiles the program when a source is newer and runs it with Debian's Hibernate and what that needs.
set -eu
cd "$(dirname -- "$0")"
build=$PWD/../../../../artifacts/clients/hibernate
mkdir -p "$build"
jars=/usr/share/java
path=$build/classes
for jar in postgresql hibernate-core hibernate-commons-annotations geronimo-jpa_2.0_spec geronimo-jta-1.2-spec antlr commons-collections3 dom4j javassist slf4j-api slf4j-nop; do
    path=$path:$jars/$jar.jar
done
flock "$build" sh -c '[ -e "$1/classes/WithHibernate.class" ] && [ -z "$(find . -newer "$1/classes/WithHibernate.class" -type f)" ] && exit 0
    javac -nowarn -cp "$2" -d "$1/classes" *.java >"$1/log" 2>&1 || { cat "$1/log"; exit 1; }
    touch "$1/classes/WithHibernate.class"' - "$build" "$path"
exec java -cp "$path" WithHibernate
