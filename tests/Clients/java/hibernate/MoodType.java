import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.hibernate.usertype.UserType;

/** What a mapping writes to keep an enum in PostgreSQL's enum type: setObject with Types.OTHER. */
public class MoodType implements UserType {
    public int[] sqlTypes() { return new int[] {Types.OTHER}; }
    public Class<?> returnedClass() { return Mood.class; }
    public Object nullSafeGet(ResultSet results, String[] names, Object owner) throws SQLException {
        var value = results.getString(names[0]);
        return value == null ? null : Mood.valueOf(value);
    }
    public void nullSafeSet(PreparedStatement statement, Object value, int index) throws SQLException {
        if (value == null) statement.setNull(index, Types.OTHER);
        else statement.setObject(index, value.toString(), Types.OTHER);
    }
    public boolean equals(Object a, Object b) { return a == b; }
    public int hashCode(Object value) { return value.hashCode(); }
    public Object deepCopy(Object value) { return value; }
    public boolean isMutable() { return false; }
    public Serializable disassemble(Object value) { return (Serializable) value; }
    public Object assemble(Serializable cached, Object owner) { return cached; }
    public Object replace(Object original, Object target, Object owner) { return original; }
}
