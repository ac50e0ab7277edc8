using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Applications.Testing.Scanning;

/// <summary>A small daemon that speaks clamd's INSTREAM over TCP and finds one thing: the EICAR test string.</summary>
public sealed class ClamdServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    private ClamdServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync();
    }

    /// <summary>The EICAR test string, put together here so that no scanner takes this source for a virus.</summary>
    public static string Eicar => "X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    public int Port { get; }

    public string Address => $"tcp://127.0.0.1:{Port}";

    /// <summary>clamd's StreamMaxLength.</summary>
    public int MostBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Answers like a daemon whose signatures are gone.</summary>
    public bool Broken { get; set; }

    /// <summary>Lengths of what was shown.</summary>
    public List<long> Seen { get; } = [];

    public static ClamdServer Start() => new();

    /// <summary>A port on which nothing listens.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = client.GetStream();
                await stream.WriteAsync(Encoding.UTF8.GetBytes(await AnswerAsync(stream) + '\0'), stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The test is over, or the other side went away.
            }
        }
    }

    private async Task<string> AnswerAsync(NetworkStream stream)
    {
        var command = new byte[10];
        await stream.ReadExactlyAsync(command, stop.Token);
        if (Encoding.ASCII.GetString(command) != "zINSTREAM\0")
        {
            return "UNKNOWN COMMAND";
        }

        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, stop.Token);
            if (BinaryPrimitives.ReadInt32BigEndian(length) is not (> 0 and var next))
            {
                break;
            }

            var piece = new byte[next];
            await stream.ReadExactlyAsync(piece, stop.Token);
            content.Write(piece);
            if (content.Length > MostBytes)
            {
                return "INSTREAM size limit exceeded. ERROR";
            }
        }

        Seen.Add(content.Length);
        return Broken ? "Can't allocate memory ERROR"
            : content.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(Eicar)) >= 0 ? "stream: Eicar-Test-Signature FOUND"
            : "stream: OK";
    }
}
