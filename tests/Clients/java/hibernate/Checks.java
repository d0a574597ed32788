import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** One line per check, and sessions of Hibernate on the server that PGHOST and kin name. */
class Checks {
    interface Body { void run() throws Exception; }
    interface Use { void with(Session session) throws Exception; }

    static final Class<?>[] CLINIC = {Patient.class, Visit.class, Staff.class, Doctor.class, Nurse.class};
    static int failed;
    private static SessionFactory clinic;

    static void check(String sentence, Body body) {
        try {
            body.run();
            System.out.println("ok " + sentence);
        } catch (Exception | Error e) {
            failed++;
            var reason = new StringBuilder(e.toString());
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) reason.append(" (").append(cause).append(')');
            if (System.getenv("CHECKS_TRACE") != null) e.printStackTrace();
            System.out.println("not ok " + sentence + ": " + reason.toString().replaceAll("\\s+", " "));
        }
    }

    static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected))
            throw new AssertionError("got " + show(actual) + ", expected " + show(expected));
    }

    static String show(Object value) { return value instanceof Object[] a ? Arrays.deepToString(a) : String.valueOf(value); }

    static <E extends Exception> E fails(Class<E> as, Body body) {
        try {
            body.run();
        } catch (Exception e) {
            if (as.isInstance(e)) return as.cast(e);
            throw new AssertionError("expected " + as.getSimpleName() + ", got " + e + " (" + e.getCause() + ")", e);
        }
        throw new AssertionError("expected " + as.getSimpleName() + ", but it did not fail");
    }

    static String env(String name, String fallback) { return System.getenv().getOrDefault(name, fallback); }

    static Configuration configuration(Class<?>... entities) {
        var configuration = new Configuration();
        for (var entity : entities) configuration.addAnnotatedClass(entity);
        var properties = new Properties();
        properties.setProperty("hibernate.connection.driver_class", "org.postgresql.Driver");
        properties.setProperty("hibernate.connection.url", "jdbc:postgresql://" + env("PGHOST", "127.0.0.1") + ":" + env("PGPORT", "5432")
            + "/" + env("PGDATABASE", "scratch") + "?ApplicationName=checks+of+Hibernate&loginTimeout=10&prepareThreshold=2");
        properties.setProperty("hibernate.connection.username", env("PGUSER", "postgres"));
        properties.setProperty("hibernate.connection.pool_size", "4");
        properties.setProperty("hibernate.id.new_generator_mappings", "true");
        properties.setProperty("hibernate.jdbc.batch_size", "20");
        // A factory finds the dialect out; the tools of hbm2ddl want it told.
        if (entities.length > 0) properties.setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect");
        configuration.addProperties(properties);
        return configuration;
    }

    /** The factory of the clinic's entities, whose tables a check before has created. */
    static SessionFactory clinic() {
        if (clinic == null) clinic = configuration(CLINIC).buildSessionFactory();
        return clinic;
    }

    /** A session without a transaction around it. */
    static void session(Use use) throws Exception {
        var session = clinic().openSession();
        try {
            use.with(session);
        } finally {
            if (session.getTransaction().isActive()) session.getTransaction().rollback();
            session.close();
        }
    }

    /** A session in a transaction, which is committed unless the body fails. */
    static void work(Use use) throws Exception {
        session(s -> {
            s.beginTransaction();
            use.with(s);
            s.getTransaction().commit();
        });
    }

    static void emptied() throws Exception {
        work(s -> {
            for (var table : "hib_patient_tags hib_patient_doctors hib_visits hib_patients hib_doctors hib_nurses hib_staff".split(" "))
                s.createSQLQuery("DELETE FROM " + table).executeUpdate();
        });
    }

    /** n0 to n19 with a balance of 0 to 19, every second active, n1, n4, … with one visit and n2, n5, … with two; two doctors and a nurse. */
    static void filled() throws Exception {
        emptied();
        work(s -> {
            var doctors = new Doctor[] {new Doctor(), new Doctor()};
            for (int i = 0; i < doctors.length; i++) {
                doctors[i].name = "doctor " + i;
                doctors[i].field = i == 0 ? "bones" : "skin";
                s.save(doctors[i]);
            }
            var nurse = new Nurse();
            nurse.name = "nurse";
            nurse.shifts = 3;
            s.save(nurse);
            for (int i = 0; i < 20; i++) {
                var patient = new Patient("n" + i);
                patient.balance = new java.math.BigDecimal(i).setScale(2);
                patient.active = i % 2 == 0;
                patient.kind = i % 2 == 0 ? Kind.ROUTINE : Kind.URGENT;
                patient.born = java.sql.Date.valueOf(java.time.LocalDate.of(2000 + i % 2, 1 + i % 12, 1));
                patient.tags.add(i % 2 == 0 ? "even" : "odd");
                for (int v = 0; v < i % 3; v++) patient.visit(v + 1);
                patient.doctors.add(doctors[i % 2]);
                s.save(patient);
            }
        });
    }
}
