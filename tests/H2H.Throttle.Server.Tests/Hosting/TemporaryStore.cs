namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>A folder for one store, gone when disposed.</summary>
public sealed class TemporaryStore : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2h-throttle-").FullName;

    public string Path => System.IO.Path.Combine(folder, "throttle.db");

    /// <summary>Puts a file beside the store and answers with its path.</summary>
    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
