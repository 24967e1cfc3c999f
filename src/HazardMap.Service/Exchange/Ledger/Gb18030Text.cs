using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// GB18030 as browsers and sheets read it (WHATWG Encoding Standard, 10.1 and index gb18030): a byte 80 is the euro sign of GBK, A3A0 is a
/// wide blank, and the characters that the standard of 2000 had to keep in the private area stand at their place of 2022.
/// </summary>
internal static class Gb18030Text
{
    private static readonly Dictionary<char, string> Assigned = new()
    {
        ['\uE5E5'] = "\u3000", ['\uE78D'] = "\uFE10", ['\uE78E'] = "\uFE12", ['\uE78F'] = "\uFE11", ['\uE790'] = "\uFE13",
            ['\uE791'] = "\uFE14",
        ['\uE792'] = "\uFE15", ['\uE793'] = "\uFE16", ['\uE794'] = "\uFE17", ['\uE795'] = "\uFE18", ['\uE796'] = "\uFE19",
            ['\uE7C7'] = "\u1E3F",
        ['\uE816'] = "\U00020087", ['\uE817'] = "\U00020089", ['\uE818'] = "\U000200CC", ['\uE81E'] = "\u9FB4", ['\uE826'] = "\u9FB5",
        ['\uE82B'] = "\u9FB6", ['\uE82C'] = "\u9FB7", ['\uE831'] = "\U000215D7", ['\uE832'] = "\u9FB8", ['\uE83B'] = "\U0002298F",
        ['\uE843'] = "\u9FB9", ['\uE854'] = "\u9FBA", ['\uE855'] = "\U000241FE", ['\uE864'] = "\u9FBB",
    };

    /// <summary>Decodes strictly; then <see cref="Standard"/> puts characters where they belong.</summary>
    public static Encoding Decoder { get; } = Open();

    /// <summary>Text as the decoder gives it, with the standard's characters. What stays in the private area is somebody's own character:
    /// it is kept, as everybody keeps it.</summary>
    public static string Standard(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uE000', '\uF8FF')) return text;
        var standard = new StringBuilder(text.Length);
        foreach (var c in text)
            if (Assigned.TryGetValue(c, out var assigned)) standard.Append(assigned);
            else standard.Append(c);
        return standard.ToString();
    }

    private static Encoding Open()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, new EuroFallback());
    }

    private sealed class EuroFallback : DecoderFallback
    {
        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private int _left;

            public override int Remaining => _left;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                if (bytesUnknown is not [0x80])
                    throw new DecoderFallbackException($"{Convert.ToHexString(bytesUnknown)} is no GB18030.", bytesUnknown, index);
                _left = 1;
                return true;
            }

            public override char GetNextChar()
            {
                if (_left == 0) return '\0';
                _left--;
                return '€';
            }

            public override bool MovePrevious() => false;

            public override void Reset() => _left = 0;
        }
    }
}
