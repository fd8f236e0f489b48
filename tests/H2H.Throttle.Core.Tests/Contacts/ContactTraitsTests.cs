using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Tests.Contacts;

public sealed class ContactTraitsTests
{
    private static ContactTraits Whole => new("email", "marketing")
    {
        Brand = "north",
        Campaign = "card",
        Topic = "loans",
        Sender = "crm",
        Country = "IT",
        Address = "hash",
        Priority = 40,
        Subjects = ["house", "car", "house"],
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", "A"),
    };

    [Fact]
    public void Traits_are_equal_by_content()
    {
        Assert.Equal(Whole, Whole);
        Assert.Equal(Whole.GetHashCode(), Whole.GetHashCode());
        Assert.NotEqual(Whole, Whole.On("sms"));
        Assert.NotEqual(Whole, new ContactTraits("email", "marketing"));
    }

    [Fact]
    public void Traits_that_differ_in_one_thing_are_not_equal()
    {
        ContactTraits[] others =
        [
            Whole.On("sms").At("hash"), Whole.For("service"), Whole.At("other"), Whole.At(null), Whole.About(["car"]),
            WholeBut(brand: "south"), WholeBut(campaign: "loan"), WholeBut(topic: "cards"), WholeBut(sender: "erp"),
            WholeBut(country: "FR"), WholeBut(direction: Direction.In), WholeBut(priority: 41),
            WholeBut(label: "B"),
        ];

        Assert.Equal(Whole, WholeBut());
        Assert.All(others, static other => Assert.False(Whole.Equals(other)));
        Assert.All(others, static other => Assert.False(Whole.Equals((object)other)));
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.True(others.Select(static other => other.GetHashCode()).Distinct().Count() > others.Length / 2);
    }

    [Fact]
    public void What_is_asked_of_another_purpose_subject_or_address_keeps_all_else()
    {
        ContactTraits[] copies = [Whole.For("marketing"), Whole.About(["car", "house"]), Whole.At("hash")];

        Assert.All(copies, static copy => Assert.Equal(Whole, copy));
    }

    [Fact]
    public void Of_an_event_channel_and_purpose_need_not_be_known()
    {
        ContactTraits said = new("", "marketing", isOfEvent: true);

        Assert.Equal(("", "marketing"), (said.Channel, said.Purpose));
        Assert.Equal(("", "marketing"), (said.At("hash").Channel, said.About(["car"]).Purpose));
        Assert.Equal(("email", ""), (
            new ContactTraits("email", "", isOfEvent: true).At("hash").Channel,
            new ContactTraits("email", "", isOfEvent: true).At("hash").Purpose));
        Assert.Throws<ArgumentException>(static () => Whole.On(""));
        Assert.Throws<ArgumentException>(static () => Whole.For(""));
    }

    [Fact]
    public void Subjects_are_ordered_and_named_once() => Assert.Equal(["car", "house"], Whole.Subjects);

    [Fact]
    public void Contact_on_another_channel_has_no_address_there()
    {
        ContactTraits sms = Whole.On("sms");

        Assert.Equal(("sms", "marketing", "north", "card", "loans", "crm"),
            (sms.Channel, sms.Purpose, sms.Brand, sms.Campaign, sms.Topic, sms.Sender));
        Assert.Equal(Whole.Labels, sms.Labels);
        Assert.Null(sms.Address);
    }

    [Fact]
    public void Names_lists_and_priorities_past_their_bounds_are_refused()
    {
        string longName = new('x', ContactTraits.NameLengthMax + 1);

        Assert.Throws<ArgumentException>(static () => new ContactTraits("", "marketing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactTraits("email", longName));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactTraits("email", "m") { Brand = longName });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m") { Priority = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m") { Priority = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m")
        {
            Subjects = [.. Enumerable.Range(0, ContactTraits.SubjectsMax + 1).Select(static i => $"s{i}")],
        });
        Assert.Throws<ArgumentOutOfRangeException>(static () => WithLabels(
            Enumerable.Range(0, ContactTraits.LabelsMax + 1).Select(static i => ($"l{i}", "A"))));
        Assert.Throws<ArgumentOutOfRangeException>(() => WithLabels([(longName, "A")]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WithLabels([("project", longName)]));
        Assert.Equal(ContactTraits.LabelsMax, WithLabels(
            Enumerable.Range(0, ContactTraits.LabelsMax).Select(static i => ($"l{i}", "A"))).Labels.Count);
    }

    private static ContactTraits WithLabels(IEnumerable<(string Name, string Value)> labels) => new("email", "m")
    {
        Labels = ImmutableSortedDictionary.CreateRange(
            labels.Select(static label => KeyValuePair.Create(label.Name, label.Value))),
    };

    private static ContactTraits WholeBut(
        string brand = "north", string campaign = "card", string topic = "loans", string sender = "crm",
        string country = "IT", Direction direction = Direction.Out, int priority = 40, string label = "A") =>
        new("email", "marketing")
        {
            Brand = brand,
            Campaign = campaign,
            Topic = topic,
            Sender = sender,
            Country = country,
            Address = "hash",
            Direction = direction,
            Priority = priority,
            Subjects = ["house", "car"],
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", label),
        };
}
