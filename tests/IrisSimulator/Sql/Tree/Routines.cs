namespace IrisSimulator.Sql.Tree;

public enum RoutineKind { Procedure, Function, Method, Query }

public enum ParameterMode { In, Out, InOut }

public sealed record RoutineParameter(ParameterMode Mode, Name Name, DataType? Type, Expression? Default);

/// <param name="Language">SQL, OBJECTSCRIPT, PYTHON, JAVA, DOTNET.</param>
/// <param name="Body">The text between BEGIN and END or between braces.</param>
public sealed record CreateRoutine(RoutineKind Kind, QualifiedName Name, bool OrReplace, IReadOnlyList<RoutineParameter> Parameters,
    DataType? Returns, string Language, string Body) : Statement;

public sealed record DropRoutine(RoutineKind Kind, QualifiedName Name, bool IfExists, QualifiedName? FromClass) : Statement;

public sealed record CreateTrigger(QualifiedName Name, bool OrReplace, bool Before, IReadOnlyList<string> Events,
    IReadOnlyList<Name> UpdateOf, QualifiedName Table, string Language, string Body) : Statement;

public sealed record DropTrigger(QualifiedName Name, bool IfExists, QualifiedName? Table) : Statement;

// ---- users and privileges

public sealed record CreateUser(Name User, string Password) : Statement;

public sealed record AlterUser(Name User, string Password) : Statement;

public sealed record DropUser(Name User, bool IfExists) : Statement;

public sealed record CreateRole(Name Role) : Statement;

public sealed record DropRole(Name Role, bool IfExists) : Statement;

/// <param name="Privileges">Privileges on objects, or roles and administrative privileges when Objects is empty.</param>
public sealed record Grant(IReadOnlyList<ColumnPrivilege> Privileges, IReadOnlyList<QualifiedName> Objects,
    IReadOnlyList<Name> Grantees, bool WithOption) : Statement;

public sealed record Revoke(IReadOnlyList<ColumnPrivilege> Privileges, IReadOnlyList<QualifiedName> Objects,
    IReadOnlyList<Name> Grantees) : Statement;

// ---- IntegratedML

public sealed record CreateModel(Name Model, bool IfNotExists, IReadOnlyList<ColumnDefinition> Predicting,
    IReadOnlyList<ColumnDefinition> With, QualifiedName? FromTable, Query? FromQuery) : Statement;

public sealed record TrainModel(Name Model, Name? As, QualifiedName? FromTable, Query? FromQuery) : Statement;

public sealed record ValidateModel(Name Model, Name? As, Name? Use, QualifiedName? FromTable, Query? FromQuery) : Statement;

public sealed record DropModel(Name Model, bool IfExists) : Statement;
