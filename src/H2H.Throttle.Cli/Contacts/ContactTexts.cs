using System.CommandLine;
using System.Globalization;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary>The option that takes a whole contact at a time, for commands about several.</summary>
internal static class ContactTexts
{
    private const string Form =
        "Write it as \"channel=email; purpose=marketing; priority=80\". Keys: channel, purpose, brand, campaign, "
        + "topic, sender, subject, country, address, priority, weight and label.NAME.";

    public static Option<Contact[]> Option() => new("--contact")
    {
        Description = "One of them, such as \"channel=email; purpose=marketing; priority=80\"; given once for each.",
        HelpName = "contact",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result =>
        {
            List<Contact> contacts = [];
            foreach (string text in result.Tokens.Select(static token => token.Value))
            {
                if (Read(text) is not { } contact)
                {
                    result.AddError($"'{text}' is not a contact. {Form}");
                    return null;
                }

                contacts.Add(contact);
            }

            return [.. contacts];
        },
    };

    private static Contact? Read(string text)
    {
        Contact contact = new();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair is not [var key, { Length: > 0 } value] || !Set(contact, key, value))
            {
                return null;
            }
        }

        return contact.Channel.Length > 0 && contact.Purpose.Length > 0 ? contact : null;
    }

    private static bool Set(Contact contact, string key, string value)
    {
        switch (key)
        {
            case "channel":
                contact.Channel = value;
                return true;
            case "purpose":
                contact.Purpose = value;
                return true;
            case "brand":
                contact.Brand = value;
                return true;
            case "campaign":
                contact.Campaign = value;
                return true;
            case "topic":
                contact.Topic = value;
                return true;
            case "sender":
                contact.Sender = value;
                return true;
            case "country":
                contact.Country = value;
                return true;
            case "address":
                contact.Address = value;
                return true;
            case "subject":
                contact.Subjects.Add(value);
                return true;
            default:
                return SetOther(contact, key, value);
        }
    }

    private static bool SetOther(Contact contact, string key, string value)
    {
        const string Label = "label.";
        if (key.StartsWith(Label, StringComparison.Ordinal))
        {
            return contact.Labels.TryAdd(key[Label.Length..], value);
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return false;
        }

        switch (key)
        {
            case "priority":
                contact.Priority = number;
                return true;
            case "weight":
                contact.Weight = number;
                return true;
            default:
                return false;
        }
    }
}
