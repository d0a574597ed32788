using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>What can be done with xml: see <see cref="XmlText"/>.</summary>
internal static class Xmls
{
    public static void AddTo(FunctionTable f)
    {
        f.Add("xml_is_well_formed", 1, c => c.Return(XmlText.IsWellFormed(c.Bytes(0), isDocument: false)));
        f.Add("xml_is_well_formed_content", 1, c => c.Return(XmlText.IsWellFormed(c.Bytes(0), isDocument: false)));
        f.Add("xml_is_well_formed_document", 1, c => c.Return(XmlText.IsWellFormed(c.Bytes(0), isDocument: true)));
        f.Add("xmlcomment", 1, c =>
        {
            var text = c.Text(0);
            if (text.Contains("--", StringComparison.Ordinal) || text.EndsWith('-')) throw new PgException("2200S", "invalid XML comment");
            c.Return($"<!--{text}-->");
        });
        f.Loose("xmlconcat2", 2, c =>
        {
            if (c.IsNull(0) || c.IsNull(1)) c.ReturnArgument(c.IsNull(0) ? 1 : 0);
            else c.Return(XmlText.Concat(c.Text(0), c.Text(1)));
        });
        f.Aggregate("xmlagg", 1, () => new Gathered());
    }

    private sealed class Gathered : Accumulator
    {
        private string? _all;

        public override void Step(Call c) => _all = _all is null ? c.Text(0) : XmlText.Concat(_all, c.Text(0));

        public override void Inverse(Call c) => throw PgException.Unsupported("xmlagg over a moving window frame is not supported");

        public override void Result(Call c) => c.Return(_all);
    }
}
