using System.Runtime.InteropServices;

namespace Gateway.Types;

/// <summary>One value of a <see cref="ValueList"/>: a number in place, or a range of the list's bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValueSlot(Carrier Carrier, bool IsNull, long Bits, int Length);
