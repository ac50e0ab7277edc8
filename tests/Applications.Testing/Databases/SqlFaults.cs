using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Applications.Testing.Databases;

/// <summary>
/// Lets the n-th thing the armed unit of work asks of its database fail: a statement, or the commit itself. Armed for one flow of control, so that
/// whatever else the host does is left alone.
/// </summary>
public sealed class SqlFaults : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly AsyncLocal<Fuse?> fuse = new();

    /// <summary>From here on, the <paramref name="nth"/> statement or commit (1 first) of this flow of control throws.</summary>
    public Fuse Arm(int nth) => fuse.Value = new Fuse(nth);

    public void Disarm() => fuse.Value = null;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Burn();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Burn();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Burn();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Burn();
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Burn();
        return ValueTask.FromResult(result);
    }

    private void Burn()
    {
        if (fuse.Value is { } armed && armed.Burn())
        {
            throw new InvalidOperationException("The line is cut here.");
        }
    }

    /// <summary>How far one armed unit of work came.</summary>
    public sealed class Fuse(int nth)
    {
        private int seen;

        /// <summary>Statements and commits seen so far.</summary>
        public int Seen => seen;

        public bool HasBlown => seen >= nth;

        internal bool Burn() => Interlocked.Increment(ref seen) == nth;
    }
}
