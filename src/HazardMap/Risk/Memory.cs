using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HazardMap.Risk;

/// <summary>Tells the processor what will be read soon. With waters in no order of place, most of the time is waiting for memory.</summary>
internal static unsafe class Memory
{
    private const int LineBytes = 64;

    /// <summary>Brings what begins there.</summary>
    /// <param name="first">Anything of an array; that it may move meanwhile does no harm.</param>
    /// <param name="bytes">How much.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Bring<T>(ref readonly T first, int bytes)
    {
        if (!Sse.IsSupported) return;
        var at = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in first));
        for (var i = 0; i < bytes; i += LineBytes) Sse.Prefetch0(at + i);
        Sse.Prefetch0(at + bytes - 1);
    }
}
