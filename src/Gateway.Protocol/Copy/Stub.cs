using Gateway.Types;
namespace Gateway.Protocol.Copy;
public sealed record CopyOptions { public bool IsBinary { get; init; } }
public sealed class CopyReader(string relation, string[] columns)
{
    private readonly ByteWriter _b = new(); private int _at; private bool _complete; private readonly List<(int s,int e)> _f=[];
    private int _ls,_le;
    public static CopyReader Create(CopyOptions o, string relation, string[] columns) => new(relation, columns);
    public void Append(ReadOnlySpan<byte> d) { if (_at>0) { var rest=_b.WrittenSpan[_at..].ToArray(); _b.Clear(); _b.Bytes(rest); _at=0; } _b.Bytes(d); }
    public void Complete() => _complete = true;
    public bool IsEnded { get; private set; }
    public long Line { get; private set; } = 1;
    private bool _started;
    public bool TryReadRow()
    {
        if (IsEnded) return false;
        var s=_b.WrittenSpan[_at..]; var n=s.IndexOf((byte)'\n'); if (n<0) { if (!_complete||s.Length==0) { if(_started){Line++;_started=false;} return false;} n=s.Length; }
        if(_started) Line++; _started=true;
        _ls=_at;_le=_at+n; _f.Clear(); var st=_at; for(var i=_at;i<=_at+n;i++) if(i==_at+n||_b.WrittenSpan[i]==9){_f.Add((st,i));st=i+1;}
        if (_b.WrittenSpan[_ls.._le].Contains((byte)'\\') && !_b.WrittenSpan[_ls.._le].SequenceEqual("\\."u8))
            foreach (var (a, e) in _f)
                if (_b.WrittenSpan[a..e].Contains((byte)'\\') && !_b.WrittenSpan[a..e].SequenceEqual("\\N"u8)) throw PgException.Unsupported("escapes in COPY");
        _at+=Math.Min(n+1,s.Length);
        if (_b.WrittenSpan[_ls.._le].SequenceEqual("\\."u8)) { IsEnded=true; return false; }
        if(_f.Count!=columns.Length) throw Locate(new PgException("22P04", _f.Count<columns.Length?$"missing data for column \"{columns[_f.Count]}\"":"extra data after last expected column"), -1);
        return true;
    }
    public ReadOnlySpan<byte> RowText => _b.WrittenSpan[_ls.._le];
    public bool IsNull(int i)=>Field(i).SequenceEqual("\\N"u8);
    public ReadOnlySpan<byte> Field(int i)=>_b.WrittenSpan[_f[i].s.._f[i].e];
    public PgException Locate(PgException e,int c)=>e.Within(c<0?$"COPY {relation}, line {Line}: \"{System.Text.Encoding.UTF8.GetString(RowText)}\"":$"COPY {relation}, line {Line}, column {columns[c]}: \"{System.Text.Encoding.UTF8.GetString(Field(c))}\"");
}
public sealed class CopyWriter(int n)
{
    private int _c;
    public static CopyWriter Create(CopyOptions o, string[] columns)=>new(columns.Length);
    public void Start(ByteWriter o){}
    public void BeginRow(ByteWriter o){_c=0;}
    public void Field(ReadOnlySpan<byte> v, ByteWriter o){ if(_c++>0)o.Byte(9); if (v.IndexOfAny("\\\t\n\r\b\f\v"u8) >= 0) throw PgException.Unsupported("escapes in COPY"); o.Bytes(v);}
    public void Null(ByteWriter o){ if(_c++>0)o.Byte(9); o.Bytes("\\N"u8);}
    public void EndRow(ByteWriter o){o.Byte(10);}
    public void End(ByteWriter o){}
    public int N=>n;
}
