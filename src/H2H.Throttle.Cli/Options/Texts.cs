using System.CommandLine;

namespace H2H.Throttle.Cli.Options;

/// <summary>Options and arguments that take words.</summary>
internal static class Texts
{
    /// <summary>Empty where it is not given, as protobuf has it.</summary>
    public static Option<string> Option(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = static _ => "",
        Arity = ArgumentArity.ExactlyOne,
    };

    public static Option<string> Required(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Required = true,
    };

    public static Option<string> RequestId() => Option(
        "--request-id", "id", "Makes the call safe to repeat: the same id is answered alike and counted once.");

    public static Argument<string> Person() => new("person")
    { 
        Description = "Your own id of the person, or an address: email:…, tel:+39…, device:….",
    };
}
