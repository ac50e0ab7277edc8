namespace Applications.Web.Api;

/// <summary>Reads the caller's <c>Idempotency-Key</c>; a call without one gets one of its own.</summary>
internal static class IdempotencyKey
{
    /// <exception cref="BadHttpRequestException">It is not a UUID.</exception>
    public static Guid Of(HttpRequest request)
    {
        var header = request.Headers["Idempotency-Key"].ToString();
        if (header.Length == 0)
        {
            return Guid.NewGuid();
        }

        return Guid.TryParse(header, out var key) ? key : throw new BadHttpRequestException("Idempotency-Key must be a UUID.");
    }
}
