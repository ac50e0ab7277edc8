using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Applications.Web.Infrastructure.Errors;

/// <summary>What is said when a posted value is not even of the right kind.</summary>
public static class ChineseBindingMessages
{
    public static void Use(DefaultModelBindingMessageProvider messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}”不能识别：数字只写数字，日期按 2026-05-11 的格式填写。");
        messages.SetMissingBindRequiredValueAccessor(_ => "请填写此项。");
        messages.SetMissingKeyOrValueAccessor(() => "请填写此项。");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "请求内容为空。");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}”无效。");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "填写的内容无效。");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "请填写数字。");
        messages.SetUnknownValueIsInvalidAccessor(_ => "填写的内容无效。");
        messages.SetValueIsInvalidAccessor(value => $"“{value}”无效。");
        messages.SetValueMustBeANumberAccessor(_ => "请填写数字。");
        messages.SetValueMustNotBeNullAccessor(_ => "请填写此项。");
    }
}
