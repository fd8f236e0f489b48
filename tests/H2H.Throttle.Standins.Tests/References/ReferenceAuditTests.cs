using System.Reflection;
using System.Reflection.Emit;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>The audit itself: a package that was compiled against one stand-in is looked up in another.</summary>
public sealed class ReferenceAuditTests
{
    private const MethodAttributes NewVirtual =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.NewSlot;

    private static readonly Action<TypeBuilder> Whole = static greeter =>
    {
        Define(greeter, "Greet", MethodAttributes.Public, typeof(string), typeof(int));
        Define(greeter, "Answer", NewVirtual, typeof(string));
        Define(greeter, "Whisper", MethodAttributes.Family, typeof(void));
        greeter.DefineField("Name", typeof(string), FieldAttributes.Public);
    };

    [Fact]
    public void A_package_whose_references_are_all_there_passes()
    {
        AuditReport report = AuditAgainst(Whole);

        Assert.Empty(report.Unresolved);
        // The type, its constructor, three methods, a field and an override.
        Assert.Equal(7, report.CheckedCount);
    }

    [Fact]
    public void A_type_that_is_not_there_is_reported()
    {
        Assert.Equal(["Package → type Greeter is not there or not public"], AuditAgainst(null).Unresolved);
    }

    [Fact]
    public void A_type_that_is_not_public_is_reported()
    {
        AuditReport report = AuditAgainst(Whole, TypeAttributes.NotPublic);

        Assert.Equal(["Package → type Greeter is not there or not public"], report.Unresolved);
    }

    [Fact]
    public void Every_member_that_is_not_there_is_reported_at_once()
    {
        AuditReport report = AuditAgainst(static _ => { });

        Assert.Equal(
            [
                "Package → Greeter: Answer String () is not there",
                "Package → Greeter: Greet String (Int32) is not there",
                "Package → Greeter: Name String is not there",
                "Package → Greeter: Whisper Void () is not there",
                "Package → OwnGreeter: Answer String () overrides nothing",
            ],
            report.Unresolved);
    }

    [Fact]
    public void Another_parameter_another_result_and_another_visibility_are_reported()
    {
        AuditReport report = AuditAgainst(static greeter =>
        {
            Define(greeter, "Greet", MethodAttributes.Public, typeof(string), typeof(long));
            Define(greeter, "Answer", NewVirtual, typeof(object));
            Define(greeter, "Whisper", MethodAttributes.Private, typeof(void));
            greeter.DefineField("Name", typeof(DateTime), FieldAttributes.Public);
        });

        Assert.Equal(
            [
                "Package → Greeter: Answer String () is not there",
                "Package → Greeter: Greet String (Int32) is not there",
                "Package → Greeter: Name String is not there",
                "Package → Greeter: Whisper Void () is there but cannot be seen",
                "Package → OwnGreeter: Answer String () overrides nothing",
            ],
            report.Unresolved);
    }

    [Fact]
    public void An_override_of_what_is_not_virtual_is_reported()
    {
        AuditReport report = AuditAgainst(static greeter =>
        {
            Define(greeter, "Greet", MethodAttributes.Public, typeof(string), typeof(int));
            Define(greeter, "Answer", MethodAttributes.Public, typeof(string));
            Define(greeter, "Whisper", MethodAttributes.Family, typeof(void));
            greeter.DefineField("Name", typeof(string), FieldAttributes.Public);
        });

        Assert.Equal(["Package → OwnGreeter: Answer String () overrides nothing"], report.Unresolved);
    }

    private static AuditReport AuditAgainst(
        Action<TypeBuilder>? shape, TypeAttributes visibility = TypeAttributes.Public)
    {
        byte[] whole = GreeterAssemblies.CompileStandIn(Whole, TypeAttributes.Public);
        using AssemblyImage package = AssemblyImage.Read(GreeterAssemblies.CompilePackage(whole));
        using AssemblyImage standIn = AssemblyImage.Read(GreeterAssemblies.CompileStandIn(shape, visibility));
        return ReferenceAudit.Run(package, [standIn]);
    }

    private static void Define(
        TypeBuilder greeter, string name, MethodAttributes attributes, Type result, params Type[] parameters) =>
        greeter.DefineMethod(name, attributes | MethodAttributes.HideBySig, result, parameters)
            .GetILGenerator().ThrowException(typeof(NotSupportedException));
}
