using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>The command <c>verify-draw</c>: checks a record of a draw from the file alone, without settings or database.</summary>
internal static class DrawCommands
{
    public const string Verify = "verify-draw";

    /// <returns>0 when the record holds, 1 when something differs, 2 when there is no such file.</returns>
    public static async Task<int> VerifyAsync(string[] args)
    {
        var digest = Array.IndexOf(args, "--commitment") is > 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        if (args.Length is not (2 or 4) || (args.Length == 4 && digest is null))
        {
            await Console.Error.WriteLineAsync("Usage: verify-draw FILE [--commitment DIGEST]   (the digest that the journal published before the draw)");
            return 2;
        }

        byte[] file;
        try
        {
            file = await File.ReadAllBytesAsync(args[1]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{args[1]}: {e.Message}");
            return 2;
        }

        var verification = AssignmentVerifier.Recognises(file) ? AssignmentVerifier.Verify(file) : DrawVerifier.Verify(file, digest);
        foreach (var fact in verification.Facts)
        {
            Console.WriteLine(fact);
        }

        foreach (var check in verification.Checks)
        {
            Console.WriteLine($"{check.Word}  {check.Title}：{check.Meaning}");
            foreach (var finding in check.Findings)
            {
                Console.WriteLine($"      {finding}");
            }
        }

        Console.WriteLine(verification.Holds ? "The draw holds. 抽取记录核验一致。" : $"THE DRAW DOES NOT HOLD. 抽取记录有 {verification.Findings.Count} 处不符。");
        if (verification.Holds && digest is null)
        {
            Console.WriteLine("未核对事先公布的承诺摘要；可加 --commitment 核对。");
        }

        return verification.Holds ? 0 : 1;
    }
}
