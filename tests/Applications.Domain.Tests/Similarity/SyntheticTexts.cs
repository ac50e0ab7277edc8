using System.Text;
using Applications.Domain.Similarity;

namespace Applications.Domain.Tests.Similarity;

/// <summary>Chinese-looking texts of made-up words, some of them very common, and copies of them at a known distance. The same number gives the same text everywhere.</summary>
internal static class SyntheticTexts
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 20_000).Select(Word)];

    public static ComparedText Compared(string text) => ComparedText.Of([new TextPart("text", "文本", text)]);

    public static string Text(int number, int length)
    {
        var random = new Random(number);
        var text = new StringBuilder(length + 8);
        while (text.Length < length)
        {
            // Squared twice: the word of rank r comes as often as r to the power of -3/4 says.
            var draw = random.NextDouble();
            text.Append(Words[(int)(Words.Length * draw * draw * draw * draw)]);
            if (random.Next(9) == 0)
            {
                text.Append(random.Next(3) == 0 ? '。' : '，');
            }
        }

        return text.ToString(0, length);
    }

    /// <summary>Every letter exchanged, doubled or dropped with probability <paramref name="rate"/>.</summary>
    public static string Edit(string text, double rate, int seed)
    {
        var random = new Random(seed);
        var edited = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (random.NextDouble() >= rate)
            {
                edited.Append(letter);
                continue;
            }

            switch (random.Next(3))
            {
                case 0:
                    edited.Append(Letter(random.Next(3000)));
                    break;
                case 1:
                    edited.Append(letter).Append(Letter(random.Next(3000)));
                    break;
            }
        }

        return edited.ToString();
    }

    /// <summary>One letter to four.</summary>
    private static string Word(int rank)
    {
        var shape = new Random((rank * 7919) + 1);
        return string.Concat(Enumerable.Range(0, 1 + shape.Next(3) + shape.Next(2)).Select(_ => Letter(shape.Next(3000))));
    }

    private static char Letter(int index) => (char)('\u4E00' + (index * 6));
}
