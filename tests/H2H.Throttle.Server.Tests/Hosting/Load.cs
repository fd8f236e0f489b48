using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>
/// Senders and people who call without pause until the server is gone, and remember what they were told.
/// </summary>
public sealed class Load(Uri address)
{
    private const int Callers = 32;

    private readonly ConcurrentQueue<(RecordRequest Request, RecordResponse Response)> recorded = [];
    private readonly ConcurrentQueue<string> optedOut = [];
    private readonly ConcurrentQueue<RpcException> failures = [];
    private readonly ConcurrentQueue<string> unanswered = [];
    private readonly TaskCompletionSource underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int acknowledged;

    public IReadOnlyCollection<(RecordRequest Request, RecordResponse Response)> Recorded => recorded;

    public IReadOnlyCollection<string> OptedOut => optedOut;

    /// <summary>How each caller learnt that the server was gone.</summary>
    public IReadOnlyCollection<RpcException> Failures => failures;

    /// <summary>
    /// Starts; the first task ends when so many calls were answered, the second when every caller gave up.
    /// </summary>
    public (Task UnderWay, Task Over) Start(int answers) =>
        (underWay.Task, Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(answers))));

    private async Task CallAsync(int answers)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(address);
        ThrottleService.ThrottleServiceClient throttle = new(channel);
        ConsentService.ConsentServiceClient consent = new(channel);
        string person = "";
        bool isRecorded = true;
        try
        {
            while (true)
            {
                person = Sample.NewPerson();
                isRecorded = false;
                RecordRequest request = new() { RequestId = Sample.NewRequest(), Contact = Sample.Contact(person) };
                recorded.Enqueue((request, await throttle.RecordAsync(request, TestServer.Call)));
                isRecorded = true;
                await consent.OptOutAsync(new() { PersonId = person }, TestServer.Call);
                optedOut.Enqueue(person);
                if (Interlocked.Add(ref acknowledged, 2) >= answers)
                {
                    underWay.TrySetResult();
                }
            }
        }
        catch (RpcException error)
        {
            failures.Enqueue(error);
            if (!isRecorded)
            {
                unanswered.Enqueue(person);
            }
        }
    }

    /// <summary>Whether the server at <paramref name="after"/> knows of all that was acknowledged.</summary>
    public async Task AssertNothingIsLostAsync(GrpcChannel after)
    {
        ThrottleService.ThrottleServiceClient throttle = new(after);
        PersonService.PersonServiceClient people = new(after);
        await Task.WhenAll(recorded.Select(async one =>
        {
            ListContactsResponse contacts = await people.ListContactsAsync(
                new() { PersonId = one.Request.Contact.PersonId }, TestServer.Call);
            Assert.Equal(one.Response.Contact, Assert.Single(contacts.Contacts));
            Assert.Equal(one.Response, await throttle.RecordAsync(one.Request, TestServer.Call));
        }));
        await Task.WhenAll(optedOut.Select(async person =>
        {
            CheckResponse answer = await throttle.CheckAsync(
                new() { Contact = Sample.Contact(person) }, TestServer.Call);
            Assert.Contains(answer.Decision.Reasons, static reason => reason.Code is ReasonCode.OptedOut);
        }));
    }

    /// <summary>Whether the server at <paramref name="after"/> knows of nothing that was not acknowledged.</summary>
    public async Task AssertNothingWasDoneUnansweredAsync(GrpcChannel after)
    {
        PersonService.PersonServiceClient people = new(after);
        foreach (string person in unanswered)
        {
            ListContactsResponse contacts = await people.ListContactsAsync(
                new() { PersonId = person }, TestServer.Call);
            Assert.Empty(contacts.Contacts);
        }
    }
}
