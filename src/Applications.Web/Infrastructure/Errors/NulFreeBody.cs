namespace Applications.Web.Infrastructure.Errors;

/// <summary>A form's body as it is read, without <c>%00</c>: the framework's reader breaks off at one, and with it all that was typed would be lost.</summary>
internal sealed class NulFreeBody(Stream inner) : Stream
{
    private readonly byte[] block = new byte[16 * 1024];
    private readonly byte[] held = new byte[2];
    private int next;
    private int end;
    private int holding;
    private bool ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (next == end && !buffer.IsEmpty)
        {
            if (ended)
            {
                return 0;
            }

            held.AsSpan(0, holding).CopyTo(block);
            var read = await inner.ReadAsync(block.AsMemory(holding), cancellationToken);
            ended = read == 0;
            (next, end) = (0, Compact(block.AsSpan(0, holding + read)));
            holding = 0;
            if (!ended)
            {
                HoldBack();
            }
        }

        var given = Math.Min(buffer.Length, end - next);
        block.AsMemory(next, given).CopyTo(buffer);
        next += given;
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private static int Compact(Span<byte> bytes)
    {
        var kept = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i..].StartsWith("%00"u8))
            {
                i += 3;
            }
            else
            {
                bytes[kept++] = bytes[i++];
            }
        }

        return kept;
    }

    /// <summary>The beginning of a sequence at the end of a block waits for what follows.</summary>
    private void HoldBack()
    {
        var bytes = block.AsSpan(0, end);
        holding = bytes.EndsWith("%0"u8) ? 2 : bytes.EndsWith("%"u8) ? 1 : 0;
        end -= holding;
        block.AsSpan(end, holding).CopyTo(held);
    }
}
