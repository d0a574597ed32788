using Gateway.Protocol.Copy; using Gateway.Sql.Tree;
namespace Gateway.Actors.Copy;
public static class CopyOptionsReader { public static CopyOptions Read(CopyStatement s, string[] columns)=> s.Options.Any(o => o.Name != "freeze") ? throw Gateway.Types.PgException.Unsupported("options of COPY") : new(); }
