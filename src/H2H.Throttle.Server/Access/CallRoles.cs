using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;

namespace H2H.Throttle.Server.Access;

/// <summary>Who may make which call. An admin may make every one; what is not here is for admins alone.</summary>
internal static class CallRoles
{
    private const string Package = "h2h.throttle.v1.";

    private static readonly ImmutableArray<Role> Asking = [Role.Sender, Role.Agent, Role.Auditor];
    private static readonly ImmutableArray<Role> Contacting = [Role.Sender, Role.Agent];
    private static readonly ImmutableArray<Role> Speaking = [Role.Agent];
    private static readonly ImmutableArray<Role> Seeing = [Role.Agent, Role.Auditor];
    private static readonly ImmutableArray<Role> Auditing = [Role.Auditor];
    private static readonly ImmutableArray<Role> Watching = [Role.Sender, Role.Auditor];

    private static readonly FrozenDictionary<string, ImmutableArray<Role>> ByCall =
        new Dictionary<string, ImmutableArray<Role>>
        {
            [Package + "ThrottleService/Check"] = Asking,
            [Package + "ThrottleService/Reserve"] = Contacting,
            [Package + "ThrottleService/Confirm"] = Contacting,
            [Package + "ThrottleService/Release"] = Contacting,
            [Package + "ThrottleService/Record"] = Contacting,
            [Package + "ThrottleService/ReportOutcome"] = Contacting,
            [Package + "ThrottleService/FindSlots"] = Asking,
            [Package + "ThrottleService/PlanContacts"] = Asking,
            [Package + "ThrottleService/Explain"] = Seeing,
            [Package + "ThrottleService/BatchCheck"] = Asking,
            [Package + "ThrottleService/BatchReserve"] = Contacting,
            [Package + "ThrottleService/StreamCheck"] = Asking,
            [Package + "ThrottleService/StreamReserve"] = Contacting,

            [Package + "ConsentService/OptOut"] = Contacting,
            [Package + "ConsentService/OptIn"] = Speaking,
            [Package + "ConsentService/Snooze"] = Speaking,
            [Package + "ConsentService/GrantConsent"] = Contacting,
            [Package + "ConsentService/RevokeConsent"] = Contacting,
            [Package + "ConsentService/ReceiveMessage"] = Contacting,
            [Package + "ConsentService/GetConsent"] = Seeing,
            [Package + "ConsentService/CreateUnsubscribeLink"] = Contacting,
            [Package + "ConsentService/CreatePageLink"] = Speaking,
            [Package + "ConsentService/ListSuppressionLists"] = Seeing,
            [Package + "ConsentService/GetSuppressionImport"] = [],
            [Package + "ConsentService/ImportSuppressions"] = [],
            [Package + "ConsentService/RemoveSuppressionList"] = [],
            [Package + "ConsentService/ExportSuppressions"] = [],

            [Package + "PersonService/GetPerson"] = Seeing,
            [Package + "PersonService/UpdatePerson"] = Speaking,
            [Package + "PersonService/PlaceHold"] = Speaking,
            [Package + "PersonService/LiftHold"] = Speaking,
            [Package + "PersonService/RecordEvent"] = Contacting,
            [Package + "PersonService/JoinPool"] = Speaking,
            [Package + "PersonService/LeavePool"] = Speaking,
            [Package + "PersonService/GetPool"] = Seeing,
            [Package + "PersonService/ListContacts"] = Seeing,
            [Package + "PersonService/LinkAddress"] = Contacting,
            [Package + "PersonService/UnlinkAddress"] = Speaking,
            [Package + "PersonService/MergePeople"] = Speaking,
            [Package + "PersonService/UndoMerge"] = Speaking,
            [Package + "PersonService/ExportPerson"] = Speaking,
            [Package + "PersonService/ErasePerson"] = Speaking,

            [Package + "PolicyService/GetPolicy"] = Seeing,
            [Package + "PolicyService/ListPolicyVersions"] = Seeing,
            [Package + "PolicyService/ValidatePolicy"] = Seeing,
            [Package + "PolicyService/ListPresets"] = Seeing,
            [Package + "PolicyService/SimulatePolicy"] = Auditing,
            [Package + "PolicyService/PublishPolicy"] = [],
            [Package + "PolicyService/AdjustCap"] = [],
            [Package + "PolicyService/RollBackPolicy"] = [],
            [Package + "PolicyService/PublishShadowPolicy"] = [],
            [Package + "PolicyService/GetShadow"] = Seeing,
            [Package + "PolicyService/EndShadowPolicy"] = [],

            [Package + "JournalService/ListEntries"] = Auditing,
            [Package + "JournalService/Watch"] = Watching,
            [Package + "JournalService/VerifyJournal"] = Auditing,

            [Package + "WebhookService/CreateWebhook"] = [],
            [Package + "WebhookService/ListWebhooks"] = Auditing,
            [Package + "WebhookService/GetWebhook"] = Auditing,
            [Package + "WebhookService/UpdateWebhook"] = [],
            [Package + "WebhookService/RotateWebhookSecret"] = [],
            [Package + "WebhookService/DeleteWebhook"] = [],
            [Package + "WebhookService/TestWebhook"] = [],
            [Package + "WebhookService/ListDeadLetters"] = Auditing,
            [Package + "WebhookService/ReplayDeadLetters"] = [],

            [Package + "AccessService/GetCaller"] = Asking,
            [Package + "AccessService/ListKeys"] = Auditing,
            [Package + "AccessService/CreateKey"] = [],
            [Package + "AccessService/RevokeKey"] = [],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every call that is spoken of, as <c>package.Service/Call</c>.</summary>
    public static IEnumerable<string> Known => ByCall.Keys;

    /// <summary>Health and reflection: for whoever can connect.</summary>
    public static bool IsOpen(string call) =>
        call.StartsWith("grpc.health.", StringComparison.Ordinal)
        || call.StartsWith("grpc.reflection.", StringComparison.Ordinal);

    /// <param name="call">As <c>package.Service/Call</c>.</param>
    /// <param name="role">Whose.</param>
    public static bool Allow(string call, Role role) =>
        role is Role.Admin || (ByCall.TryGetValue(call, out ImmutableArray<Role> roles) && roles.Contains(role));
}
