//! tokio-postgres: everything prepared and in binary format, pipelined by polling at once, COPY as streams and sinks.

mod checks;

use checks::{check, equal, Outcome, FAILED, LONG_QUERY};
use futures_util::{future, pin_mut, stream, SinkExt, StreamExt, TryStreamExt};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{Json, ToSql, Type};
use tokio_postgres::{AsyncMessage, Client, Config, Error, IsolationLevel, NoTls, SimpleQueryMessage};

const TABLE: &str = "rust_things";

fn setting(name: &str, fallback: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| fallback.to_string())
}

fn config() -> Config {
    let mut config = Config::new();
    config.host(&setting("PGHOST", "127.0.0.1")).port(setting("PGPORT", "5432").parse().unwrap());
    config.dbname(&setting("PGDATABASE", "scratch")).user(&setting("PGUSER", "postgres"));
    config.application_name("checks of tokio-postgres").connect_timeout(Duration::from_secs(10));
    config
}

async fn connect(config: Config) -> Result<Client, Error> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn fresh(columns: &str) -> Result<Client, Error> {
    let client = connect(config()).await?;
    client.batch_execute(&format!("DROP TABLE IF EXISTS {TABLE}; CREATE TABLE {TABLE} ({columns})")).await?;
    Ok(client)
}

fn fails<T>(result: Result<T, Error>, state: SqlState) -> Result<Error, Box<dyn std::error::Error>> {
    match result {
        Err(error) if error.code() == Some(&state) => Ok(error),
        Err(error) => Err(format!("expected {}, got {error:?}", state.code()).into()),
        Ok(_) => Err(format!("expected {}, but it did not fail", state.code()).into()),
    }
}

async fn round_trip<T>(kind: &str, values: Vec<T>) -> Outcome
where
    T: ToSql + Sync + for<'a> tokio_postgres::types::FromSql<'a> + PartialEq + std::fmt::Debug,
{
    let client = connect(config()).await?;
    let statement = client.prepare(&format!("SELECT $1::{kind}")).await?;
    for value in values {
        equal(client.query_one(&statement, &[&value]).await?.get::<_, T>(0), value)?;
    }
    equal(client.query_one(&statement, &[&None::<T>]).await?.get::<_, Option<T>>(0), None)
}

async fn types() {
    check("bool parameters come back as they were sent", round_trip("bool", vec![true, false])).await;
    check("\"char\" parameters come back as they were sent", round_trip("\"char\"", vec![65i8])).await;
    check("int2 parameters come back as they were sent", round_trip("int2", vec![0i16, i16::MIN, i16::MAX])).await;
    check("int4 parameters come back as they were sent", round_trip("int4", vec![0i32, i32::MIN, i32::MAX])).await;
    check("int8 parameters come back as they were sent", round_trip("int8", vec![0i64, i64::MIN, i64::MAX])).await;
    check("oid parameters come back as they were sent", round_trip("oid", vec![0u32, u32::MAX])).await;
    check("float4 parameters come back as they were sent", round_trip("float4", vec![1.5f32, f32::INFINITY])).await;
    check("float8 parameters come back as they were sent", round_trip("float8", vec![0.1f64, -1e308, 5e-324, f64::NEG_INFINITY])).await;
    let texts = || vec![String::new(), "it's \\ zażółć 漢字".to_string()];
    for kind in ["text", "varchar", "name"] {
        check(&format!("{kind} parameters come back as they were sent"), round_trip(kind, texts())).await;
    }
    check("bytea parameters come back as they were sent", round_trip("bytea", vec![vec![], (0..=255).collect::<Vec<u8>>()])).await;
    let moments = || vec![SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_micros(1_709_209_815_123_456)];
    check("timestamp parameters come back as they were sent", round_trip("timestamp", moments())).await;
    check("timestamptz parameters come back as they were sent", round_trip("timestamptz", moments())).await;
    let document = serde_json::json!({"a": [1, null, true], "b": "x\"y"});
    check("json parameters come back as they were sent", round_trip("json", vec![document.clone()])).await;
    check("jsonb parameters come back as they were sent", round_trip("jsonb", vec![document])).await;
    check("inet parameters come back as they were sent", round_trip("inet", vec![IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))])).await;
    check("int4[] parameters come back as they were sent", round_trip("int4[]", vec![vec![], vec![Some(1i32), None, Some(-3)]])).await;
    check("text[] parameters come back as they were sent", round_trip("text[]", vec![vec![Some("quo\"te, {x}".to_string()), None]])).await;
}

async fn options() -> Outcome {
    let client = connect(config().options("-c statement_timeout=54321").clone()).await?;
    equal(client.query_one("SHOW application_name", &[]).await?.get::<_, String>(0), "checks of tokio-postgres")?;
    equal(client.query_one("SHOW statement_timeout", &[]).await?.get::<_, String>(0), "54321ms")
}

async fn simple() -> Outcome {
    let client = connect(config()).await?;
    let row = client.query_one("SELECT 1 AS one, 'zażółć' AS two, NULL AS three", &[]).await?;
    equal((row.get::<_, i32>("one"), row.get::<_, &str>("two"), row.get::<_, Option<&str>>("three")), (1, "zażółć", None))?;
    equal(row.columns().iter().map(|c| c.type_().name()).collect::<Vec<_>>(), vec!["int4", "text", "text"])
}

async fn described() -> Outcome {
    let client = connect(config()).await?;
    let statement = client.prepare("SELECT $1::int8 + 1, $2::date, $3 || 'x'").await?;
    equal(statement.params(), [Type::INT8, Type::DATE, Type::TEXT])?;
    equal(statement.columns().iter().map(|c| c.type_().clone()).collect::<Vec<_>>(), vec![Type::INT8, Type::DATE, Type::TEXT])?;
    let typed = client.prepare_typed("SELECT $1", &[Type::INT4]).await?;
    equal(client.query_one(&typed, &[&42i32]).await?.get::<_, i32>(0), 42)
}

async fn several() -> Outcome {
    let client = connect(config()).await?;
    let messages = client.simple_query("SELECT 1 AS a; SELECT 'b' WHERE false; SELECT NULL").await?;
    let texts: Vec<_> = messages.iter().filter_map(|m| match m { SimpleQueryMessage::Row(row) => Some(row.get(0)), _ => None }).collect();
    equal(texts, vec![Some("1"), None])?;
    client.batch_execute("").await?;
    Ok(())
}

async fn counts() -> Outcome {
    let client = fresh("id int PRIMARY KEY, name text").await?;
    equal(client.execute(&format!("INSERT INTO {TABLE} VALUES (1, 'a'), (2, 'b'), (3, 'c')"), &[]).await?, 3)?;
    equal(client.execute(&format!("UPDATE {TABLE} SET name = $1 WHERE id >= $2"), &[&"x", &2i32]).await?, 2)?;
    equal(client.query_one(&format!("DELETE FROM {TABLE} WHERE id = 1 RETURNING name"), &[]).await?.get::<_, &str>(0), "a")?;
    equal(client.query_opt(&format!("SELECT id FROM {TABLE} WHERE id = 99"), &[]).await?.is_none(), true)
}

async fn pipelined() -> Outcome {
    let client = connect(config()).await?;
    let statement = client.prepare("SELECT $1::int4 * 2").await?;
    let numbers: Vec<i32> = (0..50).collect();
    let parameters: Vec<[&(dyn ToSql + Sync); 1]> = numbers.iter().map(|n| [n as &(dyn ToSql + Sync)]).collect();
    let rows = future::try_join_all(parameters.iter().map(|p| client.query_one(&statement, p))).await?;
    equal(rows.iter().map(|r| r.get::<_, i32>(0)).collect::<Vec<_>>(), (0..50).map(|i| i * 2).collect::<Vec<_>>())
}

async fn transactions() -> Outcome {
    let mut client = fresh("id int PRIMARY KEY").await?;
    let dropped = client.transaction().await?;
    dropped.execute(&format!("INSERT INTO {TABLE} VALUES (1)"), &[]).await?;
    drop(dropped);
    let kept = client.build_transaction().isolation_level(IsolationLevel::Serializable).start().await?;
    kept.execute(&format!("INSERT INTO {TABLE} VALUES (2)"), &[]).await?;
    equal(kept.query_one("SHOW transaction_isolation", &[]).await?.get::<_, String>(0), "serializable")?;
    kept.commit().await?;
    let only = client.build_transaction().read_only(true).start().await?;
    fails(only.execute(&format!("INSERT INTO {TABLE} VALUES (3)"), &[]).await, SqlState::READ_ONLY_SQL_TRANSACTION)?;
    only.rollback().await?;
    equal(client.query_one(&format!("SELECT sum(id) FROM {TABLE}"), &[]).await?.get::<_, i64>(0), 2)
}

async fn savepoints() -> Outcome {
    let mut client = fresh("id int PRIMARY KEY").await?;
    let mut outer = client.transaction().await?;
    outer.execute(&format!("INSERT INTO {TABLE} VALUES (1)"), &[]).await?;
    let inner = outer.transaction().await?;
    fails(inner.execute(&format!("INSERT INTO {TABLE} VALUES (1)"), &[]).await, SqlState::UNIQUE_VIOLATION)?;
    fails(inner.query_one("SELECT 1", &[]).await, SqlState::IN_FAILED_SQL_TRANSACTION)?;
    inner.rollback().await?;
    let named = outer.savepoint("my_point").await?;
    named.commit().await?;
    outer.commit().await?;
    equal(client.query_one(&format!("SELECT count(*) FROM {TABLE}"), &[]).await?.get::<_, i64>(0), 1)
}

async fn portals() -> Outcome {
    let mut client = connect(config()).await?;
    let transaction = client.transaction().await?;
    let portal = transaction.bind("SELECT i FROM generate_series(1, $1) AS g(i)", &[&10i32]).await?;
    equal(transaction.query_portal(&portal, 4).await?.len(), 4)?;
    equal(transaction.query_portal(&portal, 4).await?[0].get::<_, i32>(0), 5)?;
    equal(transaction.query_portal(&portal, 0).await?.len(), 2)?;
    transaction.commit().await?;
    Ok(())
}

async fn errors() -> Outcome {
    let client = fresh("id int PRIMARY KEY, name text NOT NULL").await?;
    let error = fails(client.query("SELECT * FROM no_such_table", &[]).await, SqlState::UNDEFINED_TABLE)?;
    equal(error.as_db_error().unwrap().message(), "relation \"no_such_table\" does not exist")?;
    equal(error.as_db_error().unwrap().position(), Some(&tokio_postgres::error::ErrorPosition::Original(15)))?;
    fails(client.query("SELECT 1 FROM WHERE", &[]).await, SqlState::SYNTAX_ERROR)?;
    let error = fails(client.execute(&format!("INSERT INTO {TABLE} VALUES (1, NULL)"), &[]).await, SqlState::NOT_NULL_VIOLATION)?;
    equal(error.as_db_error().unwrap().column(), Some("name"))?;
    client.execute(&format!("INSERT INTO {TABLE} VALUES (1, 'a')"), &[]).await?;
    let error = fails(client.execute(&format!("INSERT INTO {TABLE} VALUES ($1, 'b')"), &[&1i32]).await, SqlState::UNIQUE_VIOLATION)?;
    let constraint = format!("{TABLE}_pkey");
    equal(error.as_db_error().unwrap().constraint(), Some(constraint.as_str()))?;
    equal(error.as_db_error().unwrap().detail(), Some("Key (id)=(1) already exists."))
}

async fn streamed() -> Outcome {
    let client = connect(config()).await?;
    let rows = client.query_raw("SELECT i FROM generate_series(1, 1000) AS g(i)", Vec::<i32>::new()).await?;
    pin_mut!(rows);
    let mut seen = 0;
    while let Some(row) = rows.try_next().await? {
        seen += 1;
        equal(row.get::<_, i32>(0), seen)?;
    }
    equal(seen, 1000)
}

async fn cancelled() -> Outcome {
    let client = connect(config()).await?;
    let token = client.cancel_token();
    let soon = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        token.cancel_query(NoTls).await
    };
    let (result, sent) = future::join(client.batch_execute(LONG_QUERY), soon).await;
    sent?;
    fails(result, SqlState::QUERY_CANCELED)?;
    equal(client.query_one("SELECT 1", &[]).await?.get::<_, i32>(0), 1)
}

async fn timeout() -> Outcome {
    let client = connect(config()).await?;
    client.batch_execute("SET statement_timeout = 300").await?;
    fails(client.batch_execute(LONG_QUERY).await, SqlState::QUERY_CANCELED)?;
    Ok(())
}

async fn copy_in() -> Outcome {
    let client = fresh("id int PRIMARY KEY, name text").await?;
    let sink = client.copy_in(&format!("COPY {TABLE} FROM STDIN WITH (FORMAT csv)")).await?;
    pin_mut!(sink);
    let mut lines = stream::iter(["1,a\n2,\n", "3,\"x,y\"\n"].map(|l| Ok::<_, Error>(l.as_bytes())));
    sink.send_all(&mut lines).await?;
    equal(sink.finish().await?, 3)?;
    equal(client.query_one(&format!("SELECT name FROM {TABLE} WHERE id = 3"), &[]).await?.get::<_, &str>(0), "x,y")
}

async fn copy_out() -> Outcome {
    let client = connect(config()).await?;
    let parts: Vec<_> = client.copy_out("COPY (SELECT 1, 'a' UNION ALL SELECT 2, NULL ORDER BY 1) TO STDOUT").await?.try_collect().await?;
    equal(parts.concat(), b"1\ta\n2\t\\N\n".to_vec())
}

async fn binary_copy() -> Outcome {
    let client = fresh("id int PRIMARY KEY, name text").await?;
    let sink = client.copy_in(&format!("COPY {TABLE} FROM STDIN WITH (FORMAT binary)")).await?;
    let writer = tokio_postgres::binary_copy::BinaryCopyInWriter::new(sink, &[Type::INT4, Type::TEXT]);
    pin_mut!(writer);
    writer.as_mut().write(&[&1i32, &"a"]).await?;
    writer.as_mut().write(&[&2i32, &None::<&str>]).await?;
    equal(writer.finish().await?, 2)?;
    let reader = client.copy_out(&format!("COPY (SELECT * FROM {TABLE} ORDER BY id) TO STDOUT WITH (FORMAT binary)")).await?;
    let rows: Vec<_> = tokio_postgres::binary_copy::BinaryCopyOutStream::new(reader, &[Type::INT4, Type::TEXT]).try_collect().await?;
    equal(rows.iter().map(|r| (r.get::<i32>(0), r.get::<Option<&str>>(1))).collect::<Vec<_>>(), vec![(1, Some("a")), (2, None)])
}

async fn messages() -> Outcome {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (client, mut connection) = config().connect(NoTls).await?;
    let ear = heard.clone();
    tokio::spawn(async move {
        let mut all = stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = all.next().await {
            match message {
                AsyncMessage::Notification(n) => ear.lock().unwrap().push(format!("{} {}", n.channel(), n.payload())),
                AsyncMessage::Notice(n) => ear.lock().unwrap().push(n.message().to_string()),
                _ => {}
            }
        }
    });
    client.batch_execute("DROP TABLE IF EXISTS rust_never_there; LISTEN rust_channel; NOTIFY rust_channel, 'hello'").await?;
    client.batch_execute("SELECT 1").await?;
    let got = heard.lock().unwrap().clone();
    equal(got, vec!["table \"rust_never_there\" does not exist, skipping".to_string(), "rust_channel hello".to_string()])
}

async fn documents() -> Outcome {
    let client = connect(config()).await?;
    let sent = HashMap::from([("k".to_string(), vec![Some(1), None])]);
    let got: Json<HashMap<String, Vec<Option<i32>>>> = client.query_one("SELECT $1::jsonb", &[&Json(&sent)]).await?.get(0);
    equal(got.0, sent)
}

async fn unknown_database() -> Outcome {
    fails(connect(config().dbname("no_such_database").clone()).await, SqlState::INVALID_CATALOG_NAME)?;
    Ok(())
}

async fn any_of() -> Outcome {
    let client = connect(config()).await?;
    let row = client.query_one("SELECT count(*) FROM generate_series(1, 9) AS g(i) WHERE i = ANY($1)", &[&vec![2, 3]]).await?;
    equal(row.get::<_, i64>(0), 2)
}

async fn reset() -> Outcome {
    let client = connect(config()).await?;
    client.batch_execute("SET statement_timeout = 1234").await?;
    client.batch_execute("DISCARD ALL").await?;
    equal(client.query_one("SHOW statement_timeout", &[]).await?.get::<_, String>(0), "0")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("# tokio-postgres {}", env!("TOKIO_POSTGRES_VERSION"));
    check("connecting carries the application name and options", options()).await;
    check("an unknown database is refused", unknown_database()).await;
    check("a simple query returns its row", simple()).await;
    types().await;
    check("a statement is described before it runs", described()).await;
    check("several statements in one query give several results", several()).await;
    check("statements report how many rows they changed", counts()).await;
    check("queries sent at once are answered in order", pipelined()).await;
    check("an array parameter serves ANY", any_of()).await;
    check("JSON comes back as a Rust value", documents()).await;
    check("transactions commit, roll back when dropped and can be read-only", transactions()).await;
    check("nested transactions and named savepoints work", savepoints()).await;
    check("a portal is read in portions", portals()).await;
    check("errors carry their fields", errors()).await;
    check("a thousand rows are streamed in order", streamed()).await;
    check("a cancelled query is 57014 and the connection lives on", cancelled()).await;
    check("a statement timeout is 57014", timeout()).await;
    check("COPY FROM STDIN loads CSV", copy_in()).await;
    check("COPY TO STDOUT gives rows", copy_out()).await;
    check("COPY in binary format goes both ways", binary_copy()).await;
    check("notices and notifications arrive", messages()).await;
    check("a session can be reset", reset()).await;
    if let Ok(client) = connect(config()).await {
        let _ = client.batch_execute(&format!("DROP TABLE IF EXISTS {TABLE}")).await;
    }
    std::process::exit(FAILED.load(Ordering::Relaxed) as i32);
}
