import Glibc
import Node

/// The command line.
@main
enum Tributary {
    static let command = Command(
        "tributary", "A service desk for a province: branches work on when the line to the hub is cut",
        explanation: [
            "Commands that speak with a node take --data DIR, the site's data folder, or --node URL and --token T."
        ],
        examples: ["tributary demo"],
        commands: [
            DemoCommand.command, SoakCommand.command, HubCommands.command, BranchCommands.command, SiteCommands.command,
            TicketCommands.command, ConflictCommands.list, ConflictCommands.group, RefusalCommands.command,
            DecisionCommands.command, NoticeCommands.command, AttachmentCommands.lonely,
            ImportCommand.command, ExportCommand.command, StatusCommand.command,
            IncidentsCommand.command, VerifyCommand.command, BackupCommand.command, RestoreCommand.command,
            StandardsCommands.command, OverlayCommands.command, CustomerCommands.command,
            AccountCommands.command, TokenCommands.command, StaffCommands.command, AllowanceCommands.command,
            CircuitCommands.command, AnnounceCommands.command, ArticleCommands.command,
            TopologyCommands.command, DoctorCommand.command, BenchCommand.command,
            SimulateCommands.command,
        ])

    static func main() {
        Environment.forgetProxies()
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Carries out what was typed.
    static func run(_ arguments: [String]) -> ExitCode {
        do {
            switch try CommandParser(root: command).parse(arguments) {
            case .help(let text):
                Terminal.say(String(text.dropLast()))
                return .done
            case .version:
                Terminal.say("tributary \(Software.version)")
                return .done
            case .run(let action, let invocation):
                return try action(invocation)
            }
        } catch let error as CommandError {
            Terminal.note("tributary: \(error)")
            return error.exitCode
        } catch {
            Terminal.note("tributary: something unforeseen failed: \(error)")
            return .no
        }
    }
}
