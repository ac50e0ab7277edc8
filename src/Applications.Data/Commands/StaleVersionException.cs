namespace Applications.Data.Commands;

/// <summary>The caller decided on something that has changed meanwhile. The page shows what is there now and keeps what was typed; the API answers 409.</summary>
public class StaleVersionException(string what) : Exception($"{what}已被他人修改或办理，请核对最新内容后再提交。")
{
    /// <summary>Refuses unless the version the caller saw is the present one.</summary>
    public static void ThrowIfStale(Guid seen, Guid present, string what)
    {
        if (seen != present)
        {
            throw new StaleVersionException(what);
        }
    }
}

/// <summary>There is no such thing, or it lies outside the actor's scope: both are 404, so that nobody can learn which.</summary>
public sealed class NotFoundException() : Exception("没有找到您要的内容。");
