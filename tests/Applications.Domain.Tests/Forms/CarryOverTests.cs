using Applications.Domain.Forms;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms;

public sealed class CarryOverTests
{
    [Fact]
    public void Into_ANewDraft_TakesWhatTheRecordDoesNotGiveAndTodaysFormAccepts()
    {
        var begun = Answers.Parse("""{"name":"今年"}""");
        var earlier = Answers.Parse(
            """
            {"name":"去年","count":7,"area":"乱写","colour":"blue","colours":["r"],"more":false,"promise":true,"old":"没有了",
             "items":[{"_key":"x1","title":"甲","price":1000000,"gone":1},{"_key":"x2","pieces":"几件"},{"_key":"x3","title":"乙"}]}
            """);

        var (answers, carried) = CarryOver.Into(Form, begun, Form, earlier);

        Assert.Equal(["count", "colours", "more", "items"], carried);
        Assert.Equal("今年", answers["name"]!.GetValue<string>());
        Assert.Equal("""[{"_key":"r0","title":"甲","price":1000000},{"_key":"r1","title":"乙"}]""", answers["items"]!.ToJsonString(Common.Relaxed));
        Assert.Null(answers["promise"]);
        Assert.Null(answers["old"]);
    }

    private static class Common
    {
        public static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
