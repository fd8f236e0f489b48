using H2H.Throttle.Sqlite;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks the ranges that <see cref="SqliteOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class SqliteOptionsValidator : IValidateOptions<SqliteOptions>;
