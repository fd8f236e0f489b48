using H2H.Throttle.Engine.Keywords;

namespace H2H.Throttle.Engine.Tests.Keywords;

public sealed class KeywordBookTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("Unsubscribe")]
    [InlineData("CANCEL")]
    [InlineData("end")]
    [InlineData("Quit")]
    [InlineData("OPT-OUT")]
    [InlineData("optout")]
    [InlineData("revoke")]
    [InlineData("arrêt")]
    [InlineData("ARRET")]
    [InlineData("Désabonner")]
    [InlineData("stopp")]
    [InlineData("kündigen")]
    [InlineData("Abmelden!")]
    [InlineData("basta")]
    [InlineData("disiscrivimi")]
    [InlineData("BAJA")]
    [InlineData("darme de baja")]
    [InlineData("alto")]
    [InlineData("sair")]
    [InlineData("afmelden")]
    public void What_carriers_document_opts_out(string text) =>
        Assert.Equal(MessageMeaning.OptOut, Of(text));

    [Theory]
    [InlineData("  stop.  ")]
    [InlineData("\"Stop\"!!!")]
    [InlineData("sToP\r\n")]
    [InlineData("S.T.O.P.")]
    [InlineData("s t o p")]
    [InlineData("STOPPPPPP")]
    [InlineData("stop 🛑🛑")]
    [InlineData("\u200FSTOP\u200E")]
    [InlineData("\u202EST\u200BOP")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("S\u0301top")]
    [InlineData("STOP STOP STOP")]
    [InlineData("STOP au 36111")]
    [InlineData("please stop it")]
    [InlineData("Please stop texting me, thanks")]
    [InlineData("STOP\n\n> Great offers\n> Reply STOP to end")]
    [InlineData("Stop\n\nOn Mon, 2 Mar 2026, North <a@b.example> wrote:\nGreat offers for you, today only")]
    [InlineData("stop\n-- \nAda Lovelace\nCountess")]
    [InlineData("Stop.\nSent from my phone")]
    [InlineData("STOP\nYou have written to me eleven times this week and I have had more than enough of that.")]
    [InlineData("Arrêtez s'il vous plaît")]
    [InlineData("Bitte sofort abmelden")]
    public void Neither_form_nor_courtesy_nor_what_was_quoted_hides_a_no(string text) =>
        Assert.Equal(MessageMeaning.OptOut, Of(text));

    [Theory]
    [InlineData("stopall")]
    [InlineData("STOP ALL")]
    [InlineData("please stop everything")]
    [InlineData("Alles stopp")]
    [InlineData("basta tutto")]
    [InlineData("tout arrêter")]
    public void A_no_to_everything_is_told_from_a_no_to_this(string text) =>
        Assert.Equal(MessageMeaning.OptOutOfAll, Of(text));

    [Theory]
    [InlineData("START")]
    [InlineData("yes")]
    [InlineData("Unstop!")]
    [InlineData("sì")]
    [InlineData("oui")]
    [InlineData("Ja.")]
    [InlineData("inicio")]
    public void What_stands_alone_opts_in(string text) => Assert.Equal(MessageMeaning.OptIn, Of(text));

    [Theory]
    [InlineData("HELP")]
    [InlineData("info")]
    [InlineData("aide")]
    [InlineData("Hilfe?")]
    [InlineData("aiuto")]
    [InlineData("ayuda")]
    public void A_call_for_help_is_one(string text) => Assert.Equal(MessageMeaning.Help, Of(text));

    [Theory]
    [InlineData("don't stop")]
    [InlineData("Do not cancel")]
    [InlineData("no cancelar")]
    [InlineData("nicht abmelden")]
    [InlineData("ne pas arrêter")]
    [InlineData("I'll stop by tomorrow")]
    [InlineData("stop start")]
    [InlineData("start please stop")]
    [InlineData("Where is the bus stop near your shop?")]
    public void A_word_of_stopping_among_others_is_for_somebody_to_read(string text) =>
        Assert.Equal(MessageMeaning.Unclear, Of(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("👍")]
    [InlineData("\uD83D")]
    [InlineData("see you at nine")]
    [InlineData("yes please")]
    [InlineData("yes, but only by mail")]
    [InlineData("please help me find my size")]
    [InlineData("12345")]
    [InlineData("> STOP")]
    [InlineData("Fine")]
    [InlineData("no")]
    [InlineData("unstoppable")]
    public void Anything_else_means_nothing(string text) => Assert.Equal(MessageMeaning.Nothing, Of(text));

    [Fact]
    public void A_long_row_of_words_is_read_by_somebody()
    {
        string text = string.Join(' ', Enumerable.Repeat("stop", KeywordBook.WordsMax));

        Assert.Equal(MessageMeaning.OptOut, Of(text));
        Assert.Equal(MessageMeaning.Unclear, Of($"{text} stop"));
    }

    [Theory]
    [InlineData("STOP", null, "en")]
    [InlineData("STOP", "de-AT", "de")]
    [InlineData("STOP", "tlh", "en")]
    [InlineData("arrêt", null, "fr")]
    [InlineData("arrêt", "it", "it")]
    [InlineData("baja", "", "es")]
    public void The_answer_is_in_the_persons_language_or_else_in_that_of_the_word(
        string text, string? language, string answered) =>
        Assert.Equal(answered, KeywordBook.Standard.Understand(text, language).Language);

    [Fact]
    public void Every_language_can_confirm_everything_within_two_text_messages_and_says_who_speaks()
    {
        foreach (string language in KeywordBook.Standard.Languages)
        {
            foreach (MessageMeaning meaning in new[]
            {
                MessageMeaning.OptOut, MessageMeaning.OptOutOfAll, MessageMeaning.OptIn, MessageMeaning.Help,
            })
            {
                Understanding understood = new(meaning, "stop", language);
                string text = KeywordBook.Standard.ConfirmationOf(understood, "North")!;

                Assert.StartsWith("North: ", text, StringComparison.Ordinal);
                Assert.InRange(text.Length, 20, 160);
                Assert.Equal(text["North: ".Length..], KeywordBook.Standard.ConfirmationOf(understood, null));
            }
        }

        Assert.Null(KeywordBook.Standard.ConfirmationOf(new(MessageMeaning.Nothing, null, "en"), "North"));
        Assert.Null(KeywordBook.Standard.ConfirmationOf(new(MessageMeaning.Unclear, "stop", "en"), "North"));
    }

    [Fact]
    public void A_list_of_ones_own_adds_words_and_languages_and_replaces_confirmations()
    {
        KeywordBook own = KeywordBook.Standard.With(
            "en: { stop: [enough], confirmations: { stop: Done. } }\nsv: { stop: [sluta], start: [börja] }\n");

        Assert.Equal(MessageMeaning.OptOut, own.Understand("Enough!", null).Meaning);
        Assert.Equal(MessageMeaning.OptOut, own.Understand("stop", null).Meaning);
        Assert.Equal((MessageMeaning.OptIn, "sv"), Both(own.Understand("BORJA", null)));
        Assert.Equal("Done.", own.ConfirmationOf(own.Understand("stop", null), null));
        Assert.NotEqual("Done.", KeywordBook.Standard.ConfirmationOf(own.Understand("stop", null), null));
    }

    [Theory]
    [InlineData("en: { stopp: [x] }", "1:7: `stopp` is not a key of a language. Write `stop`.")]
    [InlineData("ENGLISH: { stop: [x] }", "1:1: `ENGLISH` is not a key of lists of keywords.")]
    [InlineData("en: { stop: [] ", "2:1: This is not well-formed YAML")]
    [InlineData("- en", "1:1: A map is expected here for lists of keywords")]
    [InlineData("en: { confirmations: { hello: x } }", "1:24: `hello` is not a key of confirmations.")]
    public void Mistakes_in_a_list_are_told_with_their_place(string document, string start)
    {
        FormatException mistake = Assert.Throws<FormatException>(() => KeywordBook.Standard.With(document));

        Assert.StartsWith(start, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_it_fail()
    {
        Random random = new(20260302);
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(
                Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(char.MaxValue + 1)));

            Assert.NotNull(KeywordBook.Standard.Understand($"stop {text}", text[..1]).Language);
        }
    }

    private static MessageMeaning Of(string text) => KeywordBook.Standard.Understand(text, null).Meaning;

    private static (MessageMeaning Meaning, string Language) Both(Understanding one) => (one.Meaning, one.Language);
}
