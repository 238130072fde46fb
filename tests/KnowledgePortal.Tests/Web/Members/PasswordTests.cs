using System.Buffers.Binary;
using System.Net;
using KnowledgePortal.Web.Features.Members;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

public sealed class PasswordTests(MembersSite site) : IClassFixture<MembersSite>
{
    [Theory]
    [InlineData("ไก่จิกเด็กตาย")]
    [InlineData("       x")]
    [InlineData("🙂🐘🌧🏝🍚🥭🛶🎏")]
    [InlineData("onlyletters")]
    [InlineData("2468135790246")]
    [InlineData("correct horse battery staple")]
    public void Any_characters_will_do(string password) => PasswordRules.Problem(password, "somchai@agency.example").ShouldBeNull();

    [Theory]
    [InlineData("กขคงจฉช", false)]
    [InlineData("ก้ข์คงจฉ", true)]
    [InlineData("🙂🐘🌧🏝🍚🥭🛶", false)]
    public void Length_is_counted_in_characters_not_in_bytes(string password, bool isLongEnough) =>
        (PasswordRules.Problem(password, "")?.Contains("อย่างน้อย") != true).ShouldBe(isLongEnough);

    [Theory]
    [InlineData(64, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Length_ends_at_128(int length, bool isTaken) => (PasswordRules.Problem(string.Concat(Enumerable.Repeat("กx", length))[..length], "") is null).ShouldBe(isTaken);

    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd2569!")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("11111111")]
    [InlineData("abcdefgh")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r")]
    [InlineData("sawasdee1234")]
    [InlineData("Thailand2569")]
    [InlineData("สวัสดีครับ")]
    [InlineData("รหัสผ่าน1234")]
    [InlineData("ฟหกด่าสว")]
    [InlineData("กขคงจฉชซ")]
    [InlineData("knowledgeportal")]
    [InlineData("somchai.j@agency.example")]
    [InlineData("Somchai.J99")]
    public void What_everybody_tries_first_is_refused(string password) => PasswordRules.Problem(password, "somchai.j@agency.example").ShouldNotBeNull();

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_matches_nothing()
    {
        PasswordRules.Problem("aaaabbbb\ud83d", "").ShouldNotBeNull();
        new Passwords().Verify(null, "aaaabbbb\ud83d").ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public void Nothing_is_cut_off_and_spellings_of_the_same_Thai_word_are_one()
    {
        var passwords = new Passwords();
        var long128 = new string('ก', 127) + "x";
        passwords.Verify(passwords.Hash(long128), long128).ShouldBe(PasswordVerdict.Right);
        passwords.Verify(passwords.Hash(long128), new string('ก', 127) + "y").ShouldBe(PasswordVerdict.Wrong);
        passwords.Verify(passwords.Hash(long128), long128 + "x").ShouldBe(PasswordVerdict.Wrong);
        passwords.Verify(passwords.Hash("ทำงานทุกวัน"), "ท\u0e4d\u0e32งานทุกวัน").ShouldBe(PasswordVerdict.Right);
    }

    [Fact]
    public async Task What_is_stored_is_PBKDF2_with_SHA512_and_at_least_210000_rounds()
    {
        var account = await site.AddAsync();
        var stored = Convert.FromBase64String((await site.Database.FirstAsync<string>("select password_hash from accounts where account_id = @AccountId", account))!);
        stored[0].ShouldBe((byte)1); // Identity's format with its parameters in front
        BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(1)).ShouldBe(2u); // HMAC-SHA512
        BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(210_000u);
    }

    [Fact]
    public async Task A_password_that_was_stored_with_fewer_rounds_is_stored_anew_at_sign_in()
    {
        var account = await site.AddAsync();
        var weak = new Microsoft.AspNetCore.Identity.PasswordHasher<Account>(Microsoft.Extensions.Options.Options.Create(
            new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(account, MembersSite.Password);
        await using (var transaction = await site.Database.BeginAsync())
        {
            await transaction.ExecuteAsync("update accounts set password_hash = @weak where account_id = @AccountId", new { weak, account.AccountId });
            await transaction.CommitAsync();
        }
        await site.Browse().SignInAsync(account.UserName);
        (await site.Database.FirstAsync<string>("select password_hash from accounts where account_id = @AccountId", account)).ShouldNotBe(weak);
        await site.Browse().SignInAsync(account.UserName);
    }

    [Fact]
    public async Task Changing_it_asks_for_the_old_one_and_signs_every_other_browser_out()
    {
        var account = await site.AddAsync();
        var here = await site.SignedInAsync(account);
        var there = await site.SignedInAsync(account);
        const string Next = "ฝน ลม แดด 2569 ค่ำ";

        var wrong = await here.SubmitAsync("/account", "/account/password", ("CurrentPassword", "wrong password"), ("NewPassword", Next), ("Repeated", Next));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.ProblemAsync("CurrentPassword")).ShouldContain("ไม่ถูกต้อง");
        (await wrong.Content.ReadAsStringAsync()).ShouldNotContain(Next);
        (await (await here.SubmitAsync("/account", "/account/password", ("CurrentPassword", MembersSite.Password), ("NewPassword", "1234567"), ("Repeated", "1234567"))).ProblemAsync("NewPassword"))
            .ShouldContain("อย่างน้อย");
        (await (await here.SubmitAsync("/account", "/account/password", ("CurrentPassword", MembersSite.Password), ("NewPassword", Next), ("Repeated", "x"))).ProblemAsync("Repeated"))
            .ShouldContain("ไม่ตรงกัน");

        (await here.SubmitAsync("/account", "/account/password", ("CurrentPassword", MembersSite.Password), ("NewPassword", Next), ("Repeated", Next))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await here.IsSignedInAsync()).ShouldBeTrue();
        (await there.IsSignedInAsync()).ShouldBeFalse();
        (await site.Browse().TryToSignInAsync(account.UserName, MembersSite.Password)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await site.Browse().SignInAsync(account.UserName, Next);
        (await site.ActionsAsync(account)).ShouldContain("account.password-change");
    }

    [Fact]
    public async Task The_old_one_cannot_be_guessed_in_a_borrowed_browser()
    {
        var account = await site.AddAsync();
        var browser = await site.SignedInAsync(account);
        const string Next = "ฝน ลม แดด 2569 ค่ำ";
        for (var i = 0; i < 10; i++) await browser.SubmitAsync("/account", "/account/password", ("CurrentPassword", $"guess number {i}"), ("NewPassword", Next), ("Repeated", Next));
        var right = await browser.SubmitAsync("/account", "/account/password", ("CurrentPassword", MembersSite.Password), ("NewPassword", Next), ("Repeated", Next));
        (await right.ProblemAsync("CurrentPassword")).ShouldContain("ลองผิดหลายครั้ง");
    }
}
