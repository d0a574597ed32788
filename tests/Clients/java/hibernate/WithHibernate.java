import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Timestamp;
import java.util.*;
import org.hibernate.*;
import org.hibernate.criterion.*;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.tool.hbm2ddl.*;
import org.hibernate.transform.Transformers;

/** Hibernate on pgjdbc: its dialect, its schema tools, and what it makes of HQL, criteria and relations. */
class WithHibernate extends Checks {
    public static void main(String[] args) throws Exception {
        System.out.println("# Hibernate " + version());
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        schema();
        entities();
        relations();
        queries();
        criteria();
        results();
        transactions();
        ownTypes();
        new SchemaExport(configuration(CLINIC)).drop(false, true);
        System.exit(failed > 0 ? 1 : 0);
    }

    /** Debian's build does not know its version; the name beside its jar does. */
    static String version() throws Exception {
        var jar = java.nio.file.Path.of(Session.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var names = java.nio.file.Files.newDirectoryStream(jar.getParent(), "hibernate-core-*.jar")) {
            for (var name : names) return name.getFileName().toString().replaceAll("^hibernate-core-|\\.jar$", "");
        }
        return "3";
    }

    static void schema() {
        check("the dialect is found out from the server", () -> {
            var factory = configuration().buildSessionFactory();
            equal(((org.hibernate.engine.SessionFactoryImplementor) factory).getDialect().getClass().getSimpleName(), "PostgreSQLDialect");
            var session = factory.openSession();
            equal(session.createSQLQuery("SELECT current_setting('application_name')").uniqueResult(), "checks of Hibernate");
            session.close();
            factory.close();
        });
        check("hbm2ddl creates tables, keys and sequences", () -> {
            export(false, CLINIC);
            equal(tables(), 8L);
        });
        check("hbm2ddl validates what it created", () -> new SchemaValidator(configuration(CLINIC)).validate());
        check("hbm2ddl names the column that is missing", () -> {
            work(s -> s.createSQLQuery("ALTER TABLE hib_patients DROP COLUMN notes").executeUpdate());
            equal(fails(HibernateException.class, () -> new SchemaValidator(configuration(CLINIC)).validate()).getMessage().contains("Missing column: notes"), true);
        });
        check("hbm2ddl updates tables to the mapping", () -> {
            work(s -> s.createSQLQuery("DROP TABLE hib_patient_tags").executeUpdate());
            var update = new SchemaUpdate(configuration(CLINIC));
            update.execute(false, true);
            equal(update.getExceptions(), List.of());
            new SchemaValidator(configuration(CLINIC)).validate();
        });
        check("hbm2ddl updates nothing the second time", () -> {
            var update = new SchemaUpdate(configuration(CLINIC));
            update.execute(false, true);
            equal(update.getExceptions(), List.of());
            equal(tables(), 8L);
        });
        check("a factory with create-drop drops its tables in the end", () -> {
            var configuration = configuration(CLINIC);
            configuration.setProperty("hibernate.hbm2ddl.auto", "create-drop");
            configuration.buildSessionFactory().close();
            work(s -> equal(tables(), 0L));
            export(false, CLINIC);
        });
    }

    static void export(boolean dropOnly, Class<?>... entities) {
        var export = new SchemaExport(configuration(entities));
        if (dropOnly) export.drop(false, true); else export.create(false, true);
        // Drops what is not there yet with an error, which is no concern.
        for (var problem : export.getExceptions())
            if (!problem.toString().contains("does not exist")) throw new AssertionError(String.valueOf(problem));
    }

    static Object tables() throws Exception {
        var count = new Object[1];
        session(s -> count[0] = ((Number) s.createSQLQuery("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'hib%' AND table_name NOT IN ('hib_diary', 'hib_documents')").uniqueResult()).longValue());
        return count[0];
    }

    static void entities() {
        check("an entity is saved and loaded with every type", () -> {
            emptied();
            var sent = new Patient("zażółć 漢字 🐘");
            sent.email = "it's \\ \"quoted\"";
            sent.balance = new BigDecimal("12.50");
            sent.active = false;
            sent.born = java.sql.Date.valueOf("1984-02-29");
            sent.woken = java.sql.Time.valueOf("06:07:08");
            sent.created = Timestamp.valueOf("2024-02-29 12:30:15.123456");
            sent.ratio = 0.1;
            sent.ward = (short) -7;
            sent.grade = 'Ż';
            sent.photo = new byte[] {0, 1, -1};
            sent.notes = "long ".repeat(2000);
            sent.ref = UUID.fromString("6f1d2c3b-4a59-4876-9abc-def012345678");
            sent.kind = Kind.URGENT;
            sent.level = Level.HIGH;
            sent.locale = new Locale("pl", "PL");
            sent.address = new Address();
            sent.address.city = "Łódź";
            sent.address.number = 7;
            work(s -> s.save(sent));
            work(s -> {
                var got = (Patient) s.get(Patient.class, sent.id);
                equal(new Object[] {got.name, got.email, got.balance, got.active, got.born, got.woken, got.created, got.ratio, got.ward, got.grade, got.notes, got.ref, got.kind, got.level, got.locale, got.address.city, got.address.number, got.twice.stripTrailingZeros()},
                    new Object[] {sent.name, sent.email, sent.balance, sent.active, sent.born, sent.woken, sent.created, sent.ratio, sent.ward, sent.grade, sent.notes, sent.ref, sent.kind, sent.level, sent.locale, "Łódź", 7, new BigDecimal(25)});
                equal(got.photo, sent.photo);
            });
        });
        check("an entity without values is all null", () -> {
            emptied();
            var sent = new Patient("bare");
            work(s -> s.save(sent));
            work(s -> {
                var got = (Patient) s.get(Patient.class, sent.id);
                equal(Arrays.asList(got.email, got.balance, got.born, got.woken, got.created, got.ratio, got.ward, got.grade, got.photo, got.notes, got.ref, got.kind, got.level, got.locale, got.address, got.twice),
                    Collections.nCopies(16, null));
            });
        });
        check("keys of a sequence are taken in blocks", () -> {
            emptied();
            var ids = new ArrayList<Long>();
            work(s -> {
                for (int i = 0; i < 25; i++) ids.add((Long) s.save(new Patient("n" + i)));
            });
            for (int i = 1; i < 25; i++) equal(ids.get(i), ids.get(0) + i);
        });
        check("keys of an identity column come back", () -> {
            emptied();
            work(s -> {
                var patient = new Patient("a");
                s.save(patient);
                for (int i = 0; i < 3; i++) patient.visit(i);
                s.flush();
                equal(patient.visits.get(2).getId(), patient.visits.get(0).getId() + 2);
            });
        });
        check("keys of a table of numbers are taken under a lock", () -> {
            emptied();
            work(s -> {
                var ids = new TreeSet<Integer>();
                for (int i = 0; i < 12; i++) ids.add((Integer) s.save(new Nurse()));
                equal(ids.size(), 12);
            });
        });
        check("a changed entity is updated, a deleted one is gone", () -> {
            filled();
            work(s -> {
                var patient = named(s, "n3");
                patient.name = "changed";
                s.delete(named(s, "n4"));
            });
            work(s -> {
                equal(s.createQuery("from Patient where name in ('n3', 'n4', 'changed')").list().size(), 1);
                equal(named(s, "changed").version, 1);
            });
        });
        check("a detached entity is merged, updated and refreshed", () -> {
            filled();
            var detached = new Patient[1];
            work(s -> detached[0] = named(s, "n3"));
            detached[0].name = "detached";
            work(s -> {
                var merged = (Patient) s.merge(detached[0]);
                s.flush();
                s.createSQLQuery("UPDATE hib_patients SET name = 'behind' WHERE id = :id").setLong("id", merged.id).executeUpdate();
                s.refresh(merged);
                equal(merged.name, "behind");
            });
        });
    }

    static Patient named(Session s, String name) {
        return (Patient) s.createQuery("from Patient where name = :name").setString("name", name).uniqueResult();
    }

    static void relations() {
        check("a one-to-many is saved with its owner, orphans are removed", () -> {
            filled();
            work(s -> {
                var patient = named(s, "n2");
                equal(patient.visits.size(), 2);
                patient.visits.remove(0);
                patient.visit(9);
            });
            work(s -> {
                equal(s.createQuery("select v.cost from Visit v where v.patient.name = 'n2' order by v.cost").list(), List.of(2d, 9d));
                s.delete(named(s, "n2"));
            });
            work(s -> equal(s.createQuery("select count(*) from Visit").uniqueResult(), 17L));
        });
        check("a many-to-many is kept in its table from both sides", () -> {
            filled();
            work(s -> {
                var bones = (Doctor) s.createQuery("from Doctor where field = 'bones'").uniqueResult();
                equal(bones.patients.size(), 10);
                named(s, "n1").doctors.add(bones);
                named(s, "n2").doctors.clear();
            });
            work(s -> equal(s.createQuery("select d.name, count(p) from Doctor d join d.patients p group by d.name order by d.name").list().stream().map(row -> List.of((Object[]) row)).toList(),
                List.of(List.of("doctor 0", 10L), List.of("doctor 1", 10L))));
        });
        check("a collection of elements is kept in its table", () -> {
            filled();
            work(s -> named(s, "n1").tags.addAll(List.of("new", "ż")));
            work(s -> {
                equal(new TreeSet<>(named(s, "n1").tags), new TreeSet<>(List.of("new", "odd", "ż")));
                equal(s.createQuery("select count(*) from Patient p where 'odd' in elements(p.tags)").uniqueResult(), 10L);
            });
        });
        check("a lazy relation is a proxy until it is asked", () -> {
            filled();
            work(s -> {
                var visit = (Visit) s.createQuery("from Visit v where v.patient.name = 'n1'").uniqueResult();
                equal(Hibernate.isInitialized(visit.getPatient()), false);
                Hibernate.initialize(visit.getPatient());
                equal(s.createQuery("select v.patient.name from Visit v where v = :v").setEntity("v", visit).uniqueResult(), "n1");
                equal(Hibernate.isInitialized(named(s, "n5").visits), false);
            });
        });
        check("a lazy collection without its session fails, with it it is loaded", () -> {
            filled();
            var detached = new Patient[1];
            work(s -> detached[0] = named(s, "n5"));
            fails(LazyInitializationException.class, () -> detached[0].visits.size());
            work(s -> {
                s.lock(detached[0], LockMode.NONE);
                equal(detached[0].visits.size(), 2);
            });
        });
        check("collections are loaded in batches and by fetch joins", () -> {
            filled();
            work(s -> {
                int visits = 0;
                for (var patient : s.createQuery("from Patient order by id").list()) visits += ((Patient) patient).visits.size();
                equal(visits, 19);
                s.clear();
                var fetched = s.createQuery("select distinct p from Patient p left join fetch p.visits left join fetch p.doctors order by p.id").list();
                equal(fetched.size(), 20);
                equal(Hibernate.isInitialized(((Patient) fetched.get(3)).visits), true);
            });
        });
        check("subclasses in joined tables are asked as their base", () -> {
            filled();
            work(s -> {
                var staff = s.createQuery("from Staff order by name").list();
                equal(staff.stream().map(one -> one.getClass().getSimpleName()).toList(), List.of("Doctor", "Doctor", "Nurse"));
                equal(s.createQuery("select count(*) from Staff s where s.class = Nurse").uniqueResult(), 1L);
            });
        });
    }

    static Object one(String hql, Object... values) throws Exception {
        var result = new Object[1];
        work(s -> {
            var query = s.createQuery(hql);
            for (int i = 0; i < values.length; i++) query.setParameter("v" + i, values[i]);
            var list = query.list();
            result[0] = list.size() == 1 ? list.get(0) : list;
        });
        return result[0] instanceof Object[] row ? Arrays.asList(row) : result[0];
    }

    static void queries() {
        check("HQL conditions with parameters are answered", () -> {
            filled();
            equal(one("select count(*) from Patient p where p.name like :v0 or p.balance between :v1 and :v2", "n1%", new BigDecimal(2), new BigDecimal(4)), 14L);
            equal(one("select count(*) from Patient p where p.active = :v0 and p.kind = :v1", true, Kind.ROUTINE), 10L);
            equal(one("select p.name from Patient p where p.email is null and not (p.balance <> :v0)", new BigDecimal(7)), "n7");
            work(s -> equal(s.createQuery("select count(*) from Patient p where p.name in (:names)").setParameterList("names", List.of("n1", "n2", "zz")).uniqueResult(), 2L));
        });
        check("HQL functions on strings, numbers and dates are answered", () -> {
            filled();
            equal(one("select upper(p.name) || '/' || lower('ŁÓ'), length(p.name), substring(p.name, 2, 1), locate('7', p.name), trim('  x '), concat(p.name, '!') from Patient p where p.name = 'n7'"), List.of("N7/łó", 2, "7", 2, "x", "n7!"));
            equal(one("select abs(-p.balance), mod(17, 5), sqrt(16.0), round(2.567, 1), coalesce(p.email, 'none'), nullif(p.name, 'n7'), str(p.id) from Patient p where p.name = 'n7'") instanceof List<?> row
                ? row.subList(0, 6).stream().map(v -> v instanceof BigDecimal d ? d.stripTrailingZeros().toPlainString() : String.valueOf(v)).toList() : null, List.of("7", "2", "4.0", "2.6", "none", "null"));
            equal(one("select year(p.born), month(p.born), day(p.born), extract(year from p.born) from Patient p where p.name = 'n3'"), List.of(2001, 4, 1, 2001));
            equal(one("select count(*) from Patient p where current_date() > p.born and current_timestamp() > p.born and p.born >= :v0", java.sql.Date.valueOf("2001-01-01")), 10L);
            equal(one("select cast(p.balance as integer), cast(p.name as string), cast('5' as long) from Patient p where p.name = 'n7'"), List.of(7, "n7", 5L));
        });
        check("HQL groups, aggregates and having are answered", () -> {
            filled();
            equal(one("select p.active, count(*), sum(p.balance), avg(p.balance), min(p.name), max(p.name), count(distinct p.kind) from Patient p group by p.active having p.active = true"), List.of(true, 10L, new BigDecimal("90.00"), 9d, "n0", "n8", 1L));
            equal(((List<?>) one("select month(p.born), count(*) from Patient p group by month(p.born) having count(*) > 1 order by month(p.born)")).size(), 8);
        });
        check("HQL subqueries, exists, size and case are answered", () -> {
            filled();
            equal(one("select count(*) from Patient p where exists (from Visit v where v.patient = p and v.cost > 1)"), 6L);
            equal(one("select count(*) from Patient p where p.balance > (select avg(q.balance) from Patient q)"), 10L);
            equal(one("select count(*) from Patient p where size(p.visits) = 2"), 6L);
            equal(one("select count(*) from Patient p where p.visits is empty"), 7L);
            equal(one("select count(*) from Patient p where p.balance >= all (select q.balance from Patient q)"), 1L);
            equal(one("select sum(case when p.active = true then 1 else 0 end) from Patient p"), 10L);
        });
        check("HQL joins, paths and constructed rows are answered", () -> {
            filled();
            equal(one("select count(*) from Patient p left join p.visits v with v.cost > 1"), 20L);
            equal(one("select count(*) from Visit v, Patient p where v.patient = p and v.patient.name = 'n2'"), 2L);
            equal(one("select new map(p.name as name, sum(v.cost) as cost) from Visit v join v.patient p where p.name = 'n2' group by p.name"), Map.of("name", "n2", "cost", 3d));
            equal(one("select new list(p.name, p.kind) from Patient p where p.name = 'n2'"), List.of("n2", Kind.ROUTINE));
        });
        check("pages are cut from an ordered result", () -> {
            filled();
            work(s -> {
                equal(s.createQuery("select p.name from Patient p order by p.balance desc").setFirstResult(1).setMaxResults(2).list(), List.of("n18", "n17"));
                equal(s.createQuery("select p.name from Patient p order by p.balance").setMaxResults(1).list(), List.of("n0"));
                equal(s.createQuery("select p.name from Patient p order by p.balance").setFirstResult(18).setMaxResults(10).list(), List.of("n18", "n19"));
            });
        });
        check("bulk updates and deletes report their rows", () -> {
            filled();
            work(s -> {
                equal(s.createQuery("update versioned Patient p set p.balance = p.balance + 1, p.kind = :kind where p.active = true").setParameter("kind", Kind.URGENT).executeUpdate(), 10);
                equal(s.createQuery("delete Visit v where v.cost > :cost").setDouble("cost", 1).executeUpdate(), 6);
                equal(s.createQuery("delete Visit v where v.patient in (select p from Patient p where p.active = true)").executeUpdate(), 6);
                equal(s.createQuery("select sum(p.balance), sum(p.version) from Patient p").list().stream().map(row -> List.of((Object[]) row)).toList(), List.of(List.of(new BigDecimal("200.00"), 10L)));
            });
        });
        check("bulk changes of joined subclasses go through a temporary table", () -> {
            emptied();
            work(s -> {
                var nurse = new Nurse();
                nurse.name = "x";
                nurse.shifts = 1;
                s.save(nurse);
                s.flush();
                equal(s.createQuery("update Nurse n set n.name = 'y', n.shifts = 5 where n.shifts = 1").executeUpdate(), 1);
                equal(s.createQuery("delete Nurse n where n.shifts = 5 and n.name = 'y'").executeUpdate(), 1);
                equal(s.createQuery("select count(*) from Staff").uniqueResult(), 0L);
            });
        });
        check("insert from select reports its rows", () -> {
            filled();
            work(s -> {
                equal(s.createQuery("insert into Visit (cost, patient) select v.cost + 10, v.patient from Visit v where v.cost > 1").executeUpdate(), 6);
                equal(s.createQuery("select count(*) from Visit v where v.cost = 12").uniqueResult(), 6L);
            });
        });
        check("a filter with a parameter restricts a session", () -> {
            filled();
            work(s -> {
                s.enableFilter("richer").setParameter("than", new BigDecimal(15));
                equal(s.createQuery("from Patient").list().size(), 4);
            });
        });
    }

    static void criteria() {
        check("criteria with every restriction are answered", () -> {
            filled();
            work(s -> {
                equal(s.createCriteria(Patient.class).add(Restrictions.or(Restrictions.ilike("name", "N1_"), Restrictions.between("balance", new BigDecimal(2), new BigDecimal(4)))).list().size(), 13);
                equal(s.createCriteria(Patient.class).add(Restrictions.in("name", List.of("n1", "n2"))).add(Restrictions.isNull("email")).add(Restrictions.eq("kind", Kind.URGENT)).list().size(), 1);
                equal(s.createCriteria(Patient.class).add(Restrictions.isEmpty("visits")).list().size(), 7);
                equal(s.createCriteria(Patient.class).add(Restrictions.sizeEq("visits", 2)).list().size(), 6);
                equal(s.createCriteria(Patient.class).add(Restrictions.sqlRestriction("{alias}.balance > ?", new BigDecimal(17), Hibernate.BIG_DECIMAL)).list().size(), 2);
                equal(s.createCriteria(Patient.class).add(Restrictions.disjunction().add(Restrictions.eq("name", "n1")).add(Restrictions.not(Restrictions.lt("balance", new BigDecimal(19))))).list().size(), 2);
            });
        });
        check("criteria follow relations and are ordered and paged", () -> {
            filled();
            work(s -> {
                var names = s.createCriteria(Patient.class).addOrder(Order.desc("balance")).setFirstResult(2).setMaxResults(2).list().stream().map(p -> ((Patient) p).name).toList();
                equal(names, List.of("n17", "n16"));
                equal(s.createCriteria(Visit.class).createCriteria("patient").add(Restrictions.eq("name", "n2")).list().size(), 2);
                equal(s.createCriteria(Patient.class).createAlias("doctors", "d").add(Restrictions.eq("d.field", "skin")).setResultTransformer(Criteria.DISTINCT_ROOT_ENTITY).list().size(), 10);
            });
        });
        check("criteria project groups and aggregates", () -> {
            filled();
            work(s -> {
                var rows = s.createCriteria(Patient.class).setProjection(Projections.projectionList().add(Projections.groupProperty("active").as("a")).add(Projections.rowCount()).add(Projections.sum("balance")).add(Projections.max("name"))).addOrder(Order.asc("a")).list();
                equal(List.of((Object[]) rows.get(0)), List.of(false, 10L, new BigDecimal("100.00"), "n9"));
                equal(s.createCriteria(Patient.class).setProjection(Projections.countDistinct("kind")).uniqueResult(), 2L);
            });
        });
        check("criteria have subqueries and examples", () -> {
            filled();
            work(s -> {
                var average = DetachedCriteria.forClass(Patient.class, "q").setProjection(Projections.avg("q.balance"));
                equal(s.createCriteria(Patient.class).add(Subqueries.propertyGt("balance", average)).list().size(), 10);
                var visited = DetachedCriteria.forClass(Visit.class, "v").add(Restrictions.eqProperty("v.patient.id", "p.id")).add(Restrictions.gt("v.cost", 1d)).setProjection(Projections.id());
                equal(s.createCriteria(Patient.class, "p").add(Subqueries.exists(visited)).list().size(), 6);
                var like = new Patient("N1%");
                equal(s.createCriteria(Patient.class).add(Example.create(like).excludeProperty("active").enableLike(MatchMode.EXACT).ignoreCase()).list().size(), 11);
            });
        });
    }

    static void results() {
        check("native SQL gives scalars, entities and maps", () -> {
            filled();
            work(s -> {
                equal(List.of((Object[]) s.createSQLQuery("SELECT name, balance, active, born FROM hib_patients WHERE name = :name").setString("name", "n3").uniqueResult()), List.of("n3", new BigDecimal("3.00"), false, java.sql.Date.valueOf("2001-04-01")));
                equal(((Patient) s.createSQLQuery("SELECT {p.*} FROM hib_patients p WHERE p.balance = (SELECT max(balance) FROM hib_patients)").addEntity("p", Patient.class).uniqueResult()).name, "n19");
                var joined = (Object[]) s.createSQLQuery("SELECT {p.*}, {v.*} FROM hib_patients p JOIN hib_visits v ON v.patient_id = p.id WHERE p.name = 'n1'").addEntity("p", Patient.class).addJoin("v", "p.visits").uniqueResult();
                equal(((Visit) joined[1]).getCost(), 1d);
                equal(s.createSQLQuery("SELECT name AS n, count(*) OVER () AS c FROM hib_patients ORDER BY balance LIMIT 1").addScalar("n", Hibernate.STRING).addScalar("c", Hibernate.LONG).setResultTransformer(Transformers.ALIAS_TO_ENTITY_MAP).uniqueResult(), Map.of("n", "n0", "c", 20L));
            });
        });
        check("a result is scrolled to and fro", () -> {
            filled();
            work(s -> {
                var results = s.createQuery("select p.name from Patient p order by p.balance").scroll(ScrollMode.SCROLL_INSENSITIVE);
                equal(results.last(), true);
                equal(results.getRowNumber(), 19);
                equal(results.getString(0), "n19");
                equal(results.previous(), true);
                equal(results.getString(0), "n18");
                equal(results.setRowNumber(4) && results.getString(0).equals("n4"), true);
                equal(results.first() && results.getString(0).equals("n0"), true);
                equal(results.scroll(3) && results.getString(0).equals("n3"), true);
                results.close();
            });
        });
        check("a large result is read in portions", () -> {
            emptied();
            work(s -> {
                s.createSQLQuery("INSERT INTO hib_patients (id, version, name, active) SELECT -i, 0, 'n' || i, true FROM generate_series(1, 1000) AS g(i)").executeUpdate();
                var results = s.createQuery("select p.id from Patient p order by p.id desc").setFetchSize(50).scroll(ScrollMode.FORWARD_ONLY);
                long sum = 0;
                while (results.next()) sum += results.getLong(0);
                results.close();
                equal(sum, -500500L);
                int count = 0;
                for (var all = s.createQuery("select p.name from Patient p").iterate(); all.hasNext(); all.next()) count++;
                equal(count, 1000);
            });
        });
        check("many entities are written in batches", () -> {
            emptied();
            work(s -> {
                for (int i = 0; i < 500; i++) {
                    s.save(new Patient("n" + i));
                    if (i % 50 == 49) {
                        s.flush();
                        s.clear();
                    }
                }
            });
            work(s -> {
                equal(s.createQuery("select count(*), count(distinct p.id) from Patient p").list().stream().map(row -> List.of((Object[]) row)).toList(), List.of(List.of(500L, 500L)));
                for (var patient : s.createQuery("from Patient").list()) ((Patient) patient).ward = 1;
            });
            work(s -> equal(s.createQuery("select count(*) from Patient where ward = 1 and version = 1").uniqueResult(), 500L));
        });
        check("a session without state inserts, updates and deletes", () -> {
            emptied();
            var s = clinic().openStatelessSession();
            s.beginTransaction();
            var patient = new Patient("a");
            s.insert(patient);
            patient.name = "b";
            s.update(patient);
            equal(s.createQuery("select name from Patient").list(), List.of("b"));
            s.delete(patient);
            s.getTransaction().commit();
            s.close();
            equal(one("select count(*) from Patient"), 0L);
        });
    }

    static void transactions() {
        check("a transaction rolled back leaves nothing", () -> {
            emptied();
            session(s -> {
                s.beginTransaction();
                s.save(new Patient("a"));
                s.flush();
                s.getTransaction().rollback();
            });
            equal(one("select count(*) from Patient"), 0L);
        });
        check("a violated constraint has its name and ends the transaction", () -> {
            emptied();
            session(s -> {
                s.beginTransaction();
                for (int i = 0; i < 2; i++) {
                    var patient = new Patient("n" + i);
                    patient.email = "same";
                    s.save(patient);
                }
                var error = fails(ConstraintViolationException.class, s::flush);
                equal(error.getConstraintName().contains("email"), true);
                equal(((java.sql.SQLException) error.getCause()).getSQLState(), "23505");
                fails(JDBCException.class, () -> s.createSQLQuery("SELECT 1").list());
                s.getTransaction().rollback();
            });
            equal(one("select count(*) from Patient"), 0L);
        });
        check("a foreign key and a missing value are refused with their states", () -> {
            emptied();
            session(s -> {
                s.beginTransaction();
                equal(fails(JDBCException.class, () -> s.createSQLQuery("INSERT INTO hib_visits (cost, patient_id) VALUES (1, -99)").executeUpdate()).getSQLException().getSQLState(), "23503");
                s.getTransaction().rollback();
                s.beginTransaction();
                equal(fails(JDBCException.class, () -> s.createSQLQuery("INSERT INTO hib_visits (patient_id) VALUES (1)").executeUpdate()).getSQLException().getSQLState(), "23502");
            });
        });
        check("a savepoint brings back what was before it", () -> {
            emptied();
            work(s -> {
                s.save(new Patient("kept"));
                s.flush();
                s.doWork(c -> {
                    var savepoint = c.setSavepoint("before");
                    try (var statement = c.createStatement()) {
                        statement.executeUpdate("INSERT INTO hib_visits (cost, patient_id) VALUES (1, -99)");
                        throw new AssertionError("the foreign key was not looked at");
                    } catch (java.sql.SQLException e) {
                        c.rollback(savepoint);
                    }
                });
                s.save(new Patient("kept as well"));
            });
            equal(one("select count(*) from Patient"), 2L);
        });
        check("a version that another session has changed is noticed", () -> {
            filled();
            session(first -> {
                first.beginTransaction();
                var mine = named(first, "n1");
                work(second -> named(second, "n1").name = "theirs");
                mine.name = "mine";
                fails(StaleStateException.class, () -> first.getTransaction().commit());
            });
            equal(one("select count(*) from Patient where name = 'theirs' and version = 1"), 1L);
        });
        check("rows are locked for an update", () -> {
            filled();
            work(s -> {
                var patient = (Patient) s.get(Patient.class, (java.io.Serializable) s.createQuery("select id from Patient where name = 'n1'").uniqueResult(), LockOptions.UPGRADE);
                s.refresh(patient, new LockOptions(LockMode.PESSIMISTIC_WRITE));
                s.buildLockRequest(new LockOptions(LockMode.PESSIMISTIC_FORCE_INCREMENT)).lock(patient);
                equal(patient.version, 1);
                equal(s.createQuery("from Patient p where p.balance < 3").setLockMode("p", LockMode.PESSIMISTIC_WRITE).list().size(), 3);
                equal(s.createQuery("from Patient p where p.balance < 3").setLockMode("p", LockMode.PESSIMISTIC_READ).list().size(), 3);
            });
        });
        check("a read-only and a serializable transaction are kept", () -> {
            filled();
            session(s -> s.doWork(c -> {
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                c.setReadOnly(true);
                c.setAutoCommit(false);
                try (var statement = c.createStatement()) {
                    statement.executeUpdate("DELETE FROM hib_visits");
                    throw new AssertionError("a read-only transaction wrote");
                } catch (java.sql.SQLException e) {
                    equal(e.getSQLState(), "25006");
                } finally {
                    c.rollback();
                    c.setReadOnly(false);
                    c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
            }));
        });
        check("a query cancelled by its timeout leaves the session usable", () -> session(s -> {
            s.beginTransaction();
            equal(fails(JDBCException.class, () -> s.createSQLQuery("SELECT count(*) FROM generate_series(1, 1000000000)").setTimeout(1).list()).getSQLException().getSQLState(), "57014");
            s.getTransaction().rollback();
            s.beginTransaction();
            equal(((Number) s.createSQLQuery("SELECT 1").uniqueResult()).intValue(), 1);
        }));
    }

    static void ownTypes() {
        check("an enum type of the database is kept by a user type", () -> {
            work(s -> {
                s.createSQLQuery("DROP TABLE IF EXISTS hib_diary").executeUpdate();
                s.createSQLQuery("DROP TYPE IF EXISTS hib_mood").executeUpdate();
                s.createSQLQuery("CREATE TYPE hib_mood AS ENUM ('sad', 'ok', 'happy')").executeUpdate();
            });
            export(false, Entry.class);
            with(s -> {
                s.beginTransaction();
                for (var mood : new Mood[] {Mood.happy, Mood.sad, null, Mood.ok}) {
                    var entry = new Entry();
                    entry.id = mood == null ? 9 : mood.ordinal();
                    entry.mood = mood;
                    s.save(entry);
                }
                s.flush();
                s.clear();
                equal(((Entry) s.get(Entry.class, 2)).mood, Mood.happy);
                equal(((Entry) s.get(Entry.class, 9)).mood, null);
                equal(s.createQuery("select e.mood from Entry e where e.mood >= :mood order by e.mood desc").setParameter("mood", Mood.ok, new org.hibernate.type.CustomType(new MoodType())).list(), List.of(Mood.happy, Mood.ok));
                s.getTransaction().commit();
            }, Entry.class);
            export(true, Entry.class);
            work(s -> s.createSQLQuery("DROP TYPE hib_mood").executeUpdate());
        });
        check("long texts and bytes are kept as large objects", () -> {
            export(false, Document.class);
            with(s -> {
                s.beginTransaction();
                var document = new Document();
                document.text = "zażółć ".repeat(1000);
                document.data = new byte[] {0, -1};
                s.save(document);
                s.flush();
                s.clear();
                var got = (Document) s.get(Document.class, document.id);
                equal(got.text, document.text);
                equal(got.data, document.data);
            }, Document.class);
            export(true, Document.class);
        });
    }

    static void with(Use use, Class<?>... entities) throws Exception {
        var factory = configuration(entities).buildSessionFactory();
        var session = factory.openSession();
        try {
            use.with(session);
        } finally {
            if (session.getTransaction().isActive()) session.getTransaction().rollback();
            session.close();
            factory.close();
        }
    }
}
