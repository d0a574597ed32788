import java.math.BigDecimal;
import java.util.*;
import javax.persistence.*;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.Type;

enum Kind { ROUTINE, URGENT }

enum Level { LOW, MIDDLE, HIGH }

enum Mood { sad, ok, happy }

@Embeddable
class Address {
    String city;
    @Column(name = "house") Integer number;
}

@Entity
@Table(name = "hib_patients")
@SequenceGenerator(name = "patients", sequenceName = "hib_patient_ids", allocationSize = 10)
@FilterDef(name = "richer", parameters = @ParamDef(name = "than", type = "big_decimal"))
@Filter(name = "richer", condition = "balance > :than")
class Patient {
    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "patients") Long id;
    @Version int version;
    @Column(nullable = false, length = 60) String name;
    @Column(unique = true) String email;
    @Column(precision = 10, scale = 2) BigDecimal balance;
    boolean active = true;
    @Temporal(TemporalType.DATE) Date born;
    @Temporal(TemporalType.TIME) Date woken;
    @Temporal(TemporalType.TIMESTAMP) Date created;
    Double ratio;
    Short ward;
    Character grade;
    byte[] photo;
    @Type(type = "text") String notes;
    @Type(type = "pg-uuid") UUID ref;
    @Enumerated(EnumType.STRING) @Column(length = 10) Kind kind;
    @Enumerated(EnumType.ORDINAL) Level level;
    Locale locale;
    @Embedded Address address;
    @Formula("balance * 2") BigDecimal twice;
    @OneToMany(mappedBy = "patient", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("id") @BatchSize(size = 4) List<Visit> visits = new ArrayList<>();
    @ManyToMany @JoinTable(name = "hib_patient_doctors", joinColumns = @JoinColumn(name = "patient"), inverseJoinColumns = @JoinColumn(name = "doctor")) Set<Doctor> doctors = new HashSet<>();
    @ElementCollection @CollectionTable(name = "hib_patient_tags", joinColumns = @JoinColumn(name = "patient")) @Column(name = "tag") Set<String> tags = new HashSet<>();

    Patient() { }

    Patient(String name) { this.name = name; }

    void visit(double cost) {
        var visit = new Visit();
        visit.patient = this;
        visit.cost = cost;
        visits.add(visit);
    }
}

@Entity
@Table(name = "hib_visits")
class Visit {
    private Long id;
    Patient patient;
    double cost;

    // Properties here, fields elsewhere: the proxy of a lazy relation knows its id without loading.
    @Id @GeneratedValue(strategy = GenerationType.IDENTITY) public Long getId() { return id; }
    public void setId(Long id) { this.id = id; }
    @ManyToOne(fetch = FetchType.LAZY, optional = false) @JoinColumn(name = "patient_id") public Patient getPatient() { return patient; }
    public void setPatient(Patient patient) { this.patient = patient; }
    @Column(nullable = false) public double getCost() { return cost; }
    public void setCost(double cost) { this.cost = cost; }
}

@Entity
@Table(name = "hib_staff")
@Inheritance(strategy = InheritanceType.JOINED)
class Staff {
    @Id @GeneratedValue(strategy = GenerationType.TABLE, generator = "staff")
    @TableGenerator(name = "staff", table = "hib_numbers", allocationSize = 5) Integer id;
    String name;
}

@Entity
@Table(name = "hib_doctors")
class Doctor extends Staff {
    String field;
    @ManyToMany(mappedBy = "doctors") Set<Patient> patients = new HashSet<>();
}

@Entity
@Table(name = "hib_nurses")
class Nurse extends Staff {
    Integer shifts;
}

/** A column of an enum type of the database. The type is not Hibernate's to create. */
@Entity
@Table(name = "hib_diary")
class Entry {
    @Id int id;
    @Type(type = "MoodType") @Column(columnDefinition = "hib_mood") Mood mood;
}

@Entity
@Table(name = "hib_documents")
class Document {
    @Id @GeneratedValue Integer id;
    @Lob String text;
    @Lob byte[] data;
}
