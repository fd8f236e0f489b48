using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;

namespace H2H.Throttle.Core.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void An_allowed_contact_costs_no_memory()
    {
        (Policy policy, Person person, Attempt attempt) = Crowded.WithRoom;

        CostsNoMemory(policy, person, attempt);
    }

    [Fact]
    public void An_allowed_contact_costs_no_memory_in_a_pool()
    {
        (Policy policy, Person person, Attempt attempt) = Crowded.InPool;

        CostsNoMemory(policy, person, attempt);
    }

    [Fact]
    public void An_allowed_contact_costs_no_memory_under_rules_of_every_kind()
    {
        (Policy policy, Person person, Attempt attempt) = Crowded.UnderEveryKind;

        CostsNoMemory(policy, person, attempt);
    }

    private static void CostsNoMemory(Policy policy, Person person, Attempt attempt)
    {
        for (int i = 0; i < 1000; i++)
        {
            Assert.IsType<Decision.Allowed>(Decider.Decide(policy, person, attempt, attempt.At));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Decider.Decide(policy, person, attempt, attempt.At);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
