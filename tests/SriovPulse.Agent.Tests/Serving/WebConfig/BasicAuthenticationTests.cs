using System.Text;
using SriovPulse.Agent.Serving.WebConfig;

namespace SriovPulse.Agent.Tests.Serving.WebConfig;

public sealed class BasicAuthenticationTests : IDisposable
{
    private readonly Dictionary<string, string> _users = new()
    {
        ["alice"] = BCrypt.Net.BCrypt.HashPassword("wonder:länd", 4),
        ["bob"] = BCrypt.Net.BCrypt.HashPassword("builder", 4),
    };

    private readonly BasicAuthentication _authentication = new();

    public void Dispose() => _authentication.Dispose();

    [Theory]
    [InlineData("alice", "wonder:länd", true)]
    [InlineData("bob", "builder", true)]
    [InlineData("bob", "wonder:länd", false)]
    [InlineData("alice", "", false)]
    [InlineData("", "builder", false)]
    [InlineData("carol", "builder", false)]
    [InlineData("Alice", "wonder:länd", false)]
    public async Task User_and_password_must_fit_each_time(string user, string password, bool isAllowed)
    {
        var header = Header(user, password);

        Assert.Equal(isAllowed, await IsAllowedAsync(header));
        Assert.Equal(isAllowed, await IsAllowedAsync(header));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWxpY2U=")]
    [InlineData("Bearer YWxpY2U6YQ==")]
    public async Task Header_without_credentials_is_refused(string? header) => Assert.False(await IsAllowedAsync(header));

    [Fact]
    public async Task Remembered_password_is_good_no_longer_when_the_hash_has_changed()
    {
        var header = Header("bob", "builder");
        Assert.True(await IsAllowedAsync(header));

        _users["bob"] = BCrypt.Net.BCrypt.HashPassword("changed", 4);

        Assert.False(await IsAllowedAsync(header));
    }

    [Fact]
    public async Task Scheme_is_written_in_any_case() => Assert.True(await IsAllowedAsync(Header("bob", "builder").Replace("Basic", "BASIC", StringComparison.Ordinal)));

    private static string Header(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private ValueTask<bool> IsAllowedAsync(string? header) => _authentication.IsAllowedAsync(header, _users, CancellationToken.None);
}
