using Applications.Web.Files;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Errors;

/// <summary>Says in plain words why there is no page.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel(UploadLimits limits) : PageModel
{
    public string Title { get; private set; } = string.Empty;

    public string Advice { get; private set; } = string.Empty;

    public void OnGet(int code) => Explain(code);

    public void OnPost(int code) => Explain(code);

    private void Explain(int code) => (Title, Advice) = code switch
    {
        400 => ("请求无法处理", "提交的内容不完整或已失效，请返回上一页重试。"),
        403 => ("无权访问", "您的账号没有查看或办理此内容的权限。"),
        404 => ("没有找到", "您要找的内容不存在，或不在您的权限范围内。"),
        409 => ("内容已变化", "他人已先行办理，请返回上一页刷新后再试。"),
        413 => ("提交的内容过大", $"单个文件不能超过 {limits.Words}，单个栏目的文字不能超过 4 MB。请压缩或缩减后重新提交；已保存的内容不受影响。"),
        _ => ("系统出现问题", "问题已经记录，请稍后重试；您已保存的内容不受影响。"),
    };
}
