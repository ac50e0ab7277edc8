using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Applications.Benchmarks.Load;

/// <summary>
/// A keep-alive HTTP/1.1 connection that knows just enough. It shares the processors with what it measures, so it allocates nothing per request
/// and looks at nothing that is not asked for.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ArrayBufferWriter<byte> body = new(64 * 1024);
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    public int Status { get; private set; }

    /// <summary>Status line and headers of the last answer.</summary>
    public string Head => Encoding.ASCII.GetString(head.WrittenSpan);

    /// <summary>The last answer's body as it came, compressed or not; valid until the next request.</summary>
    public ReadOnlySpan<byte> Body => body.WrittenSpan;

    private readonly ArrayBufferWriter<byte> head = new(4 * 1024);

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        try
        {
            await connection.socket.ConnectAsync(IPAddress.Loopback, port);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends the bytes of a request and reads the whole answer.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request[sent..]);
        }

        head.ResetWrittenCount();
        body.ResetWrittenCount();
        await ReadHeadAsync();
        if (Header("Content-Length"u8) is { Length: > 0 } length && Utf8Parser.TryParse(length, out int bytes, out _))
        {
            await ReadBodyAsync(bytes);
        }
        else if (Header("Transfer-Encoding"u8).SequenceEqual("chunked"u8))
        {
            await ReadChunksAsync();
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>The value of a header of the last answer, empty when it has none.</summary>
    private ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        foreach (var range in head.WrittenSpan.Split("\r\n"u8))
        {
            var line = head.WrittenSpan[range];
            if (line.Length > name.Length + 1 && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return [];
    }

    private async Task ReadHeadAsync()
    {
        int length;
        while ((length = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        head.Write(buffer.AsSpan(start, length));
        start += length + 4;
        Status = Utf8Parser.TryParse(head.WrittenSpan[9..12], out int status, out _) ? status : throw new InvalidDataException("Not an answer.");
    }

    private async Task ReadBodyAsync(int bytes)
    {
        while (bytes > 0)
        {
            if (start == end)
            {
                await FillAsync();
            }

            var take = Math.Min(bytes, end - start);
            body.Write(buffer.AsSpan(start, take));
            start += take;
            bytes -= take;
        }
    }

    private async Task ReadChunksAsync()
    {
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            var size = Utf8Parser.TryParse(buffer.AsSpan(start, line), out int given, out _, 'x') ? given : throw new InvalidDataException("Not a chunk.");
            start += line + 2;
            await ReadBodyAsync(size);
            while (end - start < 2)
            {
                await FillAsync();
            }

            start += 2;
            if (size == 0)
            {
                return;
            }
        }
    }

    private async Task FillAsync()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(end));
        end += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
    }
}
