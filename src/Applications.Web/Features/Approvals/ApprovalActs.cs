namespace Applications.Web.Features.Approvals;

/// <summary>What can be done with work besides deciding it; the names stand in addresses, in the API and in the audit.</summary>
public static class ApprovalActs
{
    /// <summary>撤回.</summary>
    public const string Recall = "recall";

    /// <summary>退回 to an earlier step.</summary>
    public const string SendBack = "send-back";

    /// <summary>转办.</summary>
    public const string Reassign = "reassign";

    /// <summary>加签.</summary>
    public const string AddSigner = "add-signer";

    /// <summary>An added signer or a countersigner signs.</summary>
    public const string Sign = "sign";

    /// <summary>催办.</summary>
    public const string Urge = "urge";

    /// <summary>中止.</summary>
    public const string Suspend = "suspend";

    /// <summary>恢复.</summary>
    public const string Resume = "resume";

    /// <summary>终止.</summary>
    public const string Terminate = "terminate";
}
