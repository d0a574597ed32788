using Gateway.Node.Commands;

return await (args switch
{
    ["run", .. var rest] => RunCommand.Execute(rest),
    ["version"] => VersionCommand.Execute(),
    ["scram", var user] => ScramCommand.Execute(user),
    ["translate", .. var rest] => TranslateCommand.Execute(rest),
    [] or ["help" or "--help" or "-h"] => HelpCommand.Execute(0),
    _ => HelpCommand.Execute(2),
}).ConfigureAwait(false);
