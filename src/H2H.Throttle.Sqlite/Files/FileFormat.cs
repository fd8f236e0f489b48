using System.Buffers.Binary;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Sqlite.Files;

/// <summary>What marks a file as a store of ours, and what is in it.</summary>
/// <remarks>The offsets are those of https://www.sqlite.org/fileformat2.html#the_database_header.</remarks>
internal static class FileFormat
{
    public const int HeaderBytes = 100;
    public const int ApplicationId = 0x48325468;   // "H2Th"
    public const int Version = 1;
    public const int PageBytes = 4096;

    /// <summary>
    /// Makes an empty store, all or nothing. Instants are 100 ns ticks since 1970; <c>sweep_hour</c> is the hour since
    /// 1970 in which a record expires, so coarse that putting an expiry off by a little leaves the index alone.
    /// </summary>
    /// <remarks>
    /// A new record goes to the end of the table and of its hour: only the index of the keys, whose entries are small,
    /// is written all over. Earlier versions kept records in the order of their keys (<c>PRIMARY KEY (kind, id)</c>,
    /// <c>WITHOUT ROWID</c>), and so wrote two pages for nearly every new one. Statements mean the same on both, so
    /// that either version works with either file, and this one leaves a file as it was made.
    /// </remarks>
    public static readonly string Creation =
        $"""
        PRAGMA page_size = {PageBytes};
        PRAGMA synchronous = FULL;
        BEGIN;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};

        CREATE TABLE record (
            place INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            expires INTEGER,
            sweep_hour INTEGER,
            value BLOB NOT NULL,
            UNIQUE (kind, id)
        ) STRICT;

        CREATE INDEX record_sweep ON record (sweep_hour) WHERE sweep_hour IS NOT NULL;

        CREATE TABLE journal (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            data BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        CREATE TABLE last_version (number INTEGER NOT NULL) STRICT;
        INSERT INTO last_version VALUES (0);
        COMMIT;
        """;

    private const int VersionOffset = 60;
    private const int ApplicationIdOffset = 68;

    /// <summary>Refuses a file that this version cannot use, before Sqlite touches it.</summary>
    /// <param name="header">The first <see cref="HeaderBytes"/> bytes; fewer if the file is shorter.</param>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="StoreException">The file is foreign, newer or damaged.</exception>
    public static void Require(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < HeaderBytes
            || !header.StartsWith("SQLite format 3\0"u8)
            || BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) != ApplicationId)
        {
            throw Failures.Foreign(path);
        }

        int version = BinaryPrimitives.ReadInt32BigEndian(header[VersionOffset..]);
        if (version > Version)
        {
            throw Failures.Newer(path, version, Version);
        }

        if (version < 1)
        {
            throw Failures.Damaged(path, $"its format is {version}", null);
        }
    }
}
