namespace Gateway.Types;

/// <summary>The format code of a parameter or a result column.</summary>
public enum Format : short
{
    Text = 0,
    Binary = 1,
}
