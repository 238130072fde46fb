using System.Diagnostics;
using System.Net;
using KnowledgePortal.Tests.Crashes.Harness;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Crashes;

/// <summary>Disks that are really full, and folders that may really not be written, under the running program.</summary>
public sealed class StorageTests : IAsyncLifetime
{
    private const int MostWrites = 100;
    private readonly ScratchFolder _folder = new();
    private readonly Journal _journal = new();
    private readonly Author _author;

    public StorageTests() => _author = new Author(_journal);

    private string Data => Path.Combine(_folder.Path, "data");

    private string Small => Path.Combine(_folder.Path, "small");

    public async ValueTask InitializeAsync()
    {
        if (await SmallDisk.ObstacleAsync() is { } obstacle) Assert.Skip(obstacle);
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Small);
        Directory.CreateDirectory(Path.Combine(Data, "media"));
        await Site(Data).SetUpAsync();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task While_the_media_folder_is_full_of_bytes_or_of_files_or_read_only_uploads_are_refused_and_everything_else_goes_on()
    {
        var disk = new SmallDisk(Small, Path.Combine(Data, "media"), megabytes: 1);
        await using var served = await Site(Data, Small).ServeUnderAsync(disk.Under);
        disk.BelongsTo(served.ProcessId);
        await _author.SignInAsync(served);
        (await _author.UploadAsync(served)).ShouldBeTrue();
        var before = Files(disk.Seen);

        disk.Fill();
        await ShouldRefuseAsync(() => _author.UploadAsync(served), HttpStatusCode.InsufficientStorage);
        (await _author.PublishAsync(served, "สื่อเต็ม")).ShouldBeTrue();
        disk.Free();
        Files(disk.Seen).ShouldBe(before);
        (await _author.UploadAsync(served)).ShouldBeTrue();
        before = Files(disk.Seen);

        disk.FillNames();
        await ShouldRefuseAsync(() => _author.UploadAsync(served), HttpStatusCode.InsufficientStorage);
        disk.Free();
        Files(disk.Seen).ShouldBe(before);

        await disk.ProtectAsync(isReadOnly: true);
        await ShouldRefuseAsync(() => _author.UploadAsync(served), HttpStatusCode.ServiceUnavailable);
        (await _author.PublishAsync(served, "สื่ออ่านได้อย่างเดียว")).ShouldBeTrue();
        Files(disk.Seen).ShouldBe(before);
        await disk.ProtectAsync(isReadOnly: false);
        (await _author.UploadAsync(served)).ShouldBeTrue();
        (await Site(Data, disk.Seen).InspectAsync(_journal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_data_folder_is_full_pages_are_read_writes_say_so_and_it_goes_on_when_there_is_room()
    {
        var disk = new SmallDisk(Small, Data, megabytes: 24);
        await using var served = await Site(Small).ServeUnderAsync(disk.Under);
        disk.BelongsTo(served.ProcessId);
        await _author.SignInAsync(served);
        (await _author.PublishAsync(served, "ก่อนเต็ม")).ShouldBeTrue();
        using (var client = _author.Client(served)) await Patience.UntilAsync("it is ready", async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode); // what the index writes afterwards would make room
        var before = Files(Path.Combine(disk.Seen, "media"));

        disk.Fill();
        await ShouldRefuseAsync(() => _author.UploadAsync(served), HttpStatusCode.InsufficientStorage);
        // A server keeps its rows elsewhere; a file has room for some until its last page is written.
        if (TestDatabase.IsPostgres) (await _author.PublishAsync(served, "ที่อื่นยังว่าง")).ShouldBeTrue();
        else await ShouldRefuseAsync(PublishManyAsync, HttpStatusCode.InsufficientStorage);
        await ShouldReadAsync(served);
        Files(Path.Combine(disk.Seen, "media")).ShouldBe(before);

        disk.Free();
        (await _author.PublishAsync(served, "ว่างแล้ว")).ShouldBeTrue();
        (await _author.UploadAsync(served)).ShouldBeTrue();
        var saved = Directory.CreateDirectory(Path.Combine(_folder.Path, "saved")).FullName;
        await disk.SaveAsync(saved);
        await served.DisposeAsync();
        (await Site(saved).InspectAsync(_journal)).ShouldBeEmpty();

        async Task PublishManyAsync()
        {
            for (var i = 0; i < MostWrites; i++) await _author.PublishAsync(served, $"เต็ม {i}");
        }
    }

    [Fact]
    public async Task While_no_more_files_can_be_opened_writes_say_so_pages_are_read_and_it_goes_on_when_some_can()
    {
        await using var served = await Site(Data).ServeAsync();
        await _author.SignInAsync(served);
        using var client = _author.Client(served);
        var form = await FilledForm.OpenAsync(client, "/manage/new/Page"); // from here on its connection is open; a new one would be one more file
        await _author.UploadAsync(client, form);
        var most = File.ReadLines($"/proc/{served.ProcessId}/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        var before = Files(Path.Combine(Data, "media"));

        await LimitFilesAsync(served, "1");
        await ShouldRefuseAsync(() => _author.UploadAsync(client, form), HttpStatusCode.ServiceUnavailable);
        await Patience.UntilAsync("a page is read", async () => (await client.GetAsync("/")).IsSuccessStatusCode); // refused only for as long as others hold every connection to the database
        Files(Path.Combine(Data, "media")).ShouldBe(before);

        await LimitFilesAsync(served, most);
        (await _author.PublishAsync(served, "เปิดได้อีก")).ShouldBeTrue();
        (await _author.UploadAsync(served)).ShouldBeTrue();
        await served.DisposeAsync();
        (await Site(Data).InspectAsync(_journal)).ShouldBeEmpty();
    }

    private static async Task LimitFilesAsync(ServedSite served, string most)
    {
        using var prlimit = Process.Start("prlimit", [$"--pid={served.ProcessId}", $"--nofile={most}:"]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.ShouldBe(0);
    }

    private static async Task ShouldRefuseAsync(Func<Task> act, HttpStatusCode status)
    {
        var answer = await Should.ThrowAsync<UnexpectedAnswerException>(act);
        answer.Status.ShouldBe(status, answer.Message);
    }

    // With a cookie, so that no kept page answers.
    private static async Task ShouldReadAsync(ServedSite served)
    {
        var cookies = new CookieContainer();
        cookies.Add(served.Address, new Cookie("theme", "dark"));
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = served.Address };
        foreach (var path in new[] { "/", "/search?q=ความรู้", "/health/live" })
            using (var answer = await client.GetAsync(path)) answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    private static List<string> Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith(SmallDisk.Filler, StringComparison.Ordinal)).Select(f => $"{Path.GetRelativePath(folder, f)} {new FileInfo(f).Length}").Order(StringComparer.Ordinal)]
        : [];

    private CrashSite Site(string data, string media = "") => new(data, Repository.Root, TestDatabase.Of(Data) ?? "", media);
}
