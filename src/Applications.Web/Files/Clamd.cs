using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using System.Text;
using Applications.Domain.Cases;
using Microsoft.Extensions.Options;

namespace Applications.Web.Files;

/// <summary><c>Clamav</c>: the virus scanner.</summary>
public sealed class ClamavSettings
{
    /// <summary>Where clamd listens: <c>tcp://127.0.0.1:3310</c> or <c>unix:/run/clamav/clamd.ctl</c>. Empty: files are not scanned.</summary>
    [RegularExpression("^(tcp://[^/:]+:[0-9]{1,5}|unix:/.+)?$", ErrorMessage = "Clamav:Address must be tcp://HOST:PORT or unix:/PATH.")]
    public string Address { get; set; } = string.Empty;

    /// <summary>How long one file may take.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 120;
}

/// <summary>The scanner does not answer, or not in a way that says anything about the file.</summary>
public sealed class ScannerDownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Speaks to ClamAV's daemon: INSTREAM, the file in pieces each behind its length, ended by a length of zero.</summary>
public sealed class Clamd(IOptions<ClamavSettings> settings)
{
    private const int Piece = 64 * 1024;
    private const int LongestAnswer = 4096;

    public bool IsConfigured => settings.Value.Address.Length > 0;

    /// <exception cref="ScannerDownException">It could not be asked.</exception>
    public async Task<(ScanVerdict Verdict, string? Note)> ScanAsync(Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.Value.TimeoutSeconds));
        try
        {
            using var socket = await ConnectAsync(limit.Token);
            await using var stream = new NetworkStream(socket);
            await SendAsync(stream, content, limit.Token);
            return Understand(await AnswerAsync(stream, limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ScannerDownException($"clamd at {settings.Value.Address} does not answer: {e.Message}", e);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        var address = settings.Value.Address;
        var unix = address.StartsWith("unix:", StringComparison.Ordinal);
        var socket = unix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (unix)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address["unix:".Length..]), ct);
            }
            else
            {
                var uri = new Uri(address);
                await socket.ConnectAsync(uri.Host, uri.Port, ct);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A daemon that has seen enough answers and closes before the end: then its answer is what counts.</summary>
    private static async Task SendAsync(NetworkStream stream, Stream content, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
            var piece = new byte[4 + Piece];
            for (int read; (read = await content.ReadAsync(piece.AsMemory(4), ct)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(piece, read);
                await stream.WriteAsync(piece.AsMemory(0, 4 + read), ct);
            }

            await stream.WriteAsync(new byte[4], ct);
        }
        catch (IOException) when (stream.DataAvailable)
        {
            return;
        }
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        for (int read; length < answer.Length && (read = await stream.ReadAsync(answer.AsMemory(length), ct)) > 0;)
        {
            length += read;
            if (answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n', ' ');
    }

    private static (ScanVerdict Verdict, string? Note) Understand(string answer) => answer switch
    {
        "stream: OK" => (ScanVerdict.Clean, null),
        _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) => (ScanVerdict.Infected, answer["stream: ".Length..^" FOUND".Length]),
        _ when answer.Contains("size limit exceeded", StringComparison.Ordinal) => (ScanVerdict.Refused, answer),
        _ => throw new ScannerDownException($"clamd answered: {(answer.Length == 0 ? "nothing" : answer)}"),
    };
}
