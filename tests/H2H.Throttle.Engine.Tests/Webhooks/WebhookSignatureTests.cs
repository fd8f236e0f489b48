using System.Text;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Webhooks;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly SecretSeal Seal = new(new IdentityHasher(new byte[IdentityHasher.KeyBytes]));

    [Fact]
    public void It_is_that_of_the_example_that_libraries_of_Standard_Webhooks_are_tried_with()
    {
        WebhookSecret secret = new(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        string signature = WebhookSignature.Of(
            [secret],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.FromUnixTimeSeconds(1_614_265_330),
            "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void A_secret_is_sealed_so_that_only_this_key_and_this_webhook_open_it()
    {
        WebhookSecret secret = WebhookSecret.Make();
        string seal = Seal.Close("one", secret);
        byte[] otherKey = new byte[IdentityHasher.KeyBytes];
        otherKey[0] = 1;

        Assert.Equal(secret.ToString(), Seal.Open("one", seal)!.ToString());
        Assert.NotEqual(seal, Seal.Close("one", secret));
        Assert.Null(Seal.Open("two", seal));
        Assert.Null(new SecretSeal(new IdentityHasher(otherKey)).Open("one", seal));
        Assert.Null(Seal.Open("one", Convert.ToBase64String(Encoding.UTF8.GetBytes("short"))));
        Assert.Null(Seal.Open("one", "no base64!"));
    }

    [Fact]
    public void After_the_identity_key_was_rotated_old_seals_are_still_opened()
    {
        WebhookSecret secret = WebhookSecret.Make();
        byte[] next = new byte[IdentityHasher.KeyBytes];
        next[0] = 1;
        SecretSeal rotated = new(new IdentityHasher([new byte[IdentityHasher.KeyBytes], next]));

        Assert.Equal(secret.ToString(), rotated.Open("one", Seal.Close("one", secret))!.ToString());
        Assert.Null(Seal.Open("one", rotated.Close("one", secret)));
    }
}
