namespace Grpc.Core;

/// <summary>On the base class of a service: the static method that binds an instance of it to its methods.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    public Type BindType { get; } = bindType;

    public string BindMethodName { get; } = bindMethodName;
}
