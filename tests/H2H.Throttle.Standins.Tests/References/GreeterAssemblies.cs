using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>Compiles a stand-in with a type <c>Greeter</c> of any shape, and a package that uses one.</summary>
internal static class GreeterAssemblies
{
    public const string StandInName = "StandIn";

    private const MethodAttributes Override =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    /// <summary>The shape adds the members; null leaves the type out.</summary>
    public static byte[] CompileStandIn(Action<TypeBuilder>? shape, TypeAttributes visibility)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName(StandInName), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(StandInName);
        if (shape is not null)
        {
            TypeBuilder greeter = module.DefineType("Greeter", visibility | TypeAttributes.Class);
            greeter.DefineDefaultConstructor(MethodAttributes.Public);
            shape(greeter);
            greeter.CreateType();
        }

        return Save(assembly);
    }

    /// <summary>A type <c>OwnGreeter</c> that derives from the Greeter, overrides and calls what it has.</summary>
    public static byte[] CompilePackage(byte[] standIn)
    {
        AssemblyLoadContext context = new(StandInName, isCollectible: true);
        try
        {
            Type greeter = context.LoadFromStream(new MemoryStream(standIn)).GetType("Greeter", throwOnError: true)!;
            PersistedAssemblyBuilder assembly = new(new AssemblyName("Package"), typeof(object).Assembly);
            TypeBuilder own = assembly.DefineDynamicModule("Package").DefineType(
                "OwnGreeter", TypeAttributes.Public, greeter);
            foreach (MethodInfo method in MembersOf(greeter).OfType<MethodInfo>().Where(static m => m.IsVirtual))
            {
                own.DefineMethod(method.Name, Override, method.ReturnType, Type.EmptyTypes).GetILGenerator()
                    .ThrowException(typeof(NotSupportedException));
            }

            ILGenerator code = own.DefineMethod("Use", MethodAttributes.Public).GetILGenerator();
            foreach (MethodInfo method in MembersOf(greeter).OfType<MethodInfo>())
            {
                code.Emit(OpCodes.Call, method);
            }

            foreach (FieldInfo field in MembersOf(greeter).OfType<FieldInfo>())
            {
                code.Emit(OpCodes.Ldfld, field);
            }

            own.CreateType();
            return Save(assembly);
        }
        finally
        {
            context.Unload();
        }
    }

    private static MemberInfo[] MembersOf(Type greeter) => greeter.GetMembers(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    private static byte[] Save(PersistedAssemblyBuilder assembly)
    {
        using MemoryStream bytes = new();
        assembly.Save(bytes);
        return bytes.ToArray();
    }
}
