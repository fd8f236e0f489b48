using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Consent;

public sealed class OwnWishesTests
{
    private static readonly Window Week = new Window.LastDays(7);

    [Fact]
    public void Limit_is_none_to_a_thousand()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PersonLimit(new Scope(), -1, Week));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => new PersonLimit(new Scope(), PersonLimit.ContactsMax + 1, Week));
        Assert.Equal(0, new PersonLimit(new Scope(), 0, Week).Contacts);
        Assert.Equal(PersonLimit.ContactsMax, new PersonLimit(new Scope(), PersonLimit.ContactsMax, Week).Contacts);
    }

    [Fact]
    public void Limits_are_equal_if_all_of_them_is()
    {
        PersonLimit limit = new(new Scope("email"), 2, Week);

        Assert.Equal(limit, new PersonLimit(new Scope("email"), 2, new Window.LastDays(7)));
        Assert.NotEqual(limit, new PersonLimit(new Scope(), 2, Week));
        Assert.NotEqual(limit, new PersonLimit(new Scope("email"), 3, Week));
        Assert.NotEqual(limit, new PersonLimit(new Scope("email"), 2, Window.Forever));
    }

    [Fact]
    public void Quiet_times_are_equal_if_all_of_them_is()
    {
        LocalDate day = new(2026, 3, 2);
        PersonQuiet quiet = Quiet(new Scope("phone"), "daily 15:00-17:00", day);

        Assert.Equal(quiet, Quiet(new Scope("phone"), "daily 15:00-17:00", day));
        Assert.NotEqual(quiet, Quiet(new Scope(), "daily 15:00-17:00", day));
        Assert.NotEqual(quiet, Quiet(new Scope("phone"), "daily 15:00-18:00", day));
        Assert.NotEqual(quiet, Quiet(new Scope("phone"), "daily 15:00-17:00", null));
    }

    [Fact]
    public void Terms_of_a_consent_are_equal_if_all_of_them_are()
    {
        ConsentTerms terms = new("news") { Lasts = new Silence.Days(7, true), EndsOn = ["purchase"] };

        Assert.Equal(terms, new ConsentTerms("news") { Lasts = new Silence.Days(7, true), EndsOn = ["purchase"] });
        Assert.NotEqual(terms, new ConsentTerms("calls") { Lasts = terms.Lasts, EndsOn = terms.EndsOn });
        Assert.NotEqual(terms, terms with { Lasts = null });
        Assert.NotEqual(terms, terms with { EndsOn = ["conversation"] });
        Assert.Throws<ArgumentException>(static () => new ConsentTerms(" "));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => new ConsentTerms(new string('n', GivenConsent.NameLengthMax + 1)));
    }

    private static PersonQuiet Quiet(Scope scope, string text, LocalDate? until) =>
        new(scope, WeekSchedule.Of(static _ => [new DayInterval(900, 1020)]), text, until);
}
