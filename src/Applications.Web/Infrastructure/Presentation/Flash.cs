using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>One sentence carried over a redirect and shown once on top of the next page.</summary>
public static class Flash
{
    public const string TextKey = "Flash";
    public const string KindKey = "FlashKind";

    extension(ITempDataDictionary tempData)
    {
        /// <summary>Says that something was done.</summary>
        public void Success(string text) => Put(tempData, "success", text);

        /// <summary>Tells something worth knowing that is neither done nor wrong.</summary>
        public void Info(string text) => Put(tempData, "info", text);

        /// <summary>Says that something was not done, and why.</summary>
        public void Warning(string text) => Put(tempData, "warning", text);
    }

    private static void Put(ITempDataDictionary tempData, string kind, string text)
    {
        tempData[TextKey] = text;
        tempData[KindKey] = kind;
    }
}
