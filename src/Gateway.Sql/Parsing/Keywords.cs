namespace Gateway.Sql.Parsing;

/// <summary>Where a key word may stand as a name (appendix C of PostgreSQL's manual).</summary>
internal enum KeywordCategory : byte
{
    Unreserved,

    /// <summary>May name a column or table, but neither a function nor a type.</summary>
    ColumnName,

    /// <summary>May name a function or type, but neither a column nor a table.</summary>
    TypeOrFunction,
    Reserved,
}

/// <summary>Words, their categories and a hash table from text to word.</summary>
internal static class Keywords
{
    private const string ReservedWords = """
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
        current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
        distinct do else end except false fetch for foreign from grant group having in initially intersect into
        lateral leading limit localtime localtimestamp not null offset on only or order placing primary references
        returning select session_user some symmetric table then to trailing true union unique user using variadic when
        where window with
        """;

    private const string TypeOrFunctionWords = """
        authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left
        like natural notnull outer overlaps right similar tablesample verbose
        """;

    private const string ColumnNameWords = """
        between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout
        int integer interval least national nchar none normalize nullif numeric out overlay position precision real
        row setof smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement
        xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
        """;

    /// <summary>The words that need AS before them as a column's label.</summary>
    private const string NeedAsWords = """
        array as char character create day except fetch filter for from grant group having hour intersect into isnull
        limit minute month notnull offset on order over overlaps precision returning second to union varying where
        window with within without year
        """;

    private const int TableSize = 4096;

    private static readonly string[] Words = [.. Enum.GetNames<Keyword>().Select(WordOf)];

    private static readonly Keyword[] Table = BuildTable();

    private static readonly KeywordCategory[] Categories = BuildCategories();

    private static readonly bool[] NeedsAs = BuildNeedsAs();

    public static string Text(Keyword word) => Words[(int)word];

    public static KeywordCategory Category(Keyword word) => Categories[(int)word];

    public static bool MayBeBareLabel(Keyword word) => !NeedsAs[(int)word];

    /// <summary>The key word spelled by an unquoted identifier whose <see cref="Fold.Hash"/> is given.</summary>
    public static Keyword Find(ReadOnlySpan<char> text, uint hash)
    {
        for (var slot = hash % TableSize; Table[slot] != Keyword.NoWord; slot = (slot + 1) % TableSize)
            if (Fold.Equal(text, Words[(int)Table[slot]])) return Table[slot];
        return Keyword.NoWord;
    }

    private static string WordOf(string member) =>
        string.Concat(member.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static Keyword[] BuildTable()
    {
        var table = new Keyword[TableSize];
        for (var i = 1; i < Words.Length; i++)
        {
            var slot = Fold.Hash(Words[i]) % TableSize;
            while (table[slot] != Keyword.NoWord) slot = (slot + 1) % TableSize;
            table[slot] = (Keyword)i;
        }

        return table;
    }

    private static KeywordCategory[] BuildCategories()
    {
        var categories = new KeywordCategory[Words.Length];
        Mark(ReservedWords, KeywordCategory.Reserved);
        Mark(TypeOrFunctionWords, KeywordCategory.TypeOrFunction);
        Mark(ColumnNameWords, KeywordCategory.ColumnName);
        return categories;

        void Mark(string words, KeywordCategory category)
        {
            foreach (var word in Split(words)) categories[(int)Find(word, Fold.Hash(word))] = category;
        }
    }

    private static bool[] BuildNeedsAs()
    {
        var needs = new bool[Words.Length];
        foreach (var word in Split(NeedAsWords)) needs[(int)Find(word, Fold.Hash(word))] = true;
        return needs;
    }

    private static string[] Split(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
