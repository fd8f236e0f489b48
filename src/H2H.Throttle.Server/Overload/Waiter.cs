namespace H2H.Throttle.Server.Overload;

/// <summary>Questions that wait for their turn together.</summary>
/// <param name="asks">How many.</param>
/// <param name="isPatient">They are never refused.</param>
/// <param name="since">When they came, as a timestamp of the clock.</param>
internal sealed class Waiter(int asks, bool isPatient, long since)
{
    private readonly TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Asks => asks;

    public bool IsPatient => isPatient;

    public long Since => since;

    /// <summary>Ends when it is their turn, or when they are refused.</summary>
    public Task Turn => turn.Task;

    public void LetIn() => turn.SetResult();

    public void Refuse(Exception why) => turn.SetException(why);

    public void Cancel(CancellationToken cancellation) => turn.SetCanceled(cancellation);
}
