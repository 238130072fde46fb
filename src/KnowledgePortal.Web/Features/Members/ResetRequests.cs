using System.Threading.Channels;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>
/// Answers those who forgot their password. The page only puts the address into this queue, so that its answer and the time it takes are the same
/// whether there is such an account or not; a request that a restart loses is made again by its owner.
/// </summary>
public sealed class ResetRequests(
    Database database, Accounts accounts, AccountTokens tokens, AccountMails mails, ILogger<ResetRequests> log) : BackgroundService
{
    private const int MostWaiting = 100;

    private readonly Channel<string> _userNames =
        Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Enqueue(string userName) => _userNames.Writer.TryWrite(userName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var userName in _userNames.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await AnswerAsync(userName);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(error, "a mail for a new password was not sent"); // one mail that fails must not stop those after it
            }
        }
    }

    private async Task AnswerAsync(string userName)
    {
        if (await accounts.FindByNameAsync(userName) is not { IsEnabled: true } account) return;
        await using var transaction = await database.BeginAsync();
        var token = await tokens.IssueAsync(account.AccountId, TokenPurpose.Reset, transaction);
        await accounts.RecordAsync("account.password-reset-asked", account, new Actor("anonymous"), transaction);
        await transaction.CommitAsync();
        await mails.SendResetAsync(account, token);
    }
}
