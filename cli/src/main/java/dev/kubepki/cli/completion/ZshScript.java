package dev.kubepki.cli.completion;

import dev.kubepki.cli.completion.CompletionNode.Word;
import dev.kubepki.cli.frame.OptionSpec;
import java.util.ArrayList;
import java.util.List;

/// For zsh, with what each word means. Works both autoloaded from `$fpath` and sourced.
final class ZshScript {
    private static final String WALK = """
            _PROG() {
                local at='' option='' ended='' word cur=${words[CURRENT]} i
                local -a reply
                for ((i = 2; i < CURRENT; i++)); do
                    word=${words[i]}
                    if [[ -n $option ]]; then
                        option=''
                    elif [[ -z $ended && $word == '--' ]]; then
                        ended=yes
                    elif [[ -z $ended && $word == -* ]]; then
                        if _PROG_value "$at" "$word"; then option=$word; fi
                    elif _PROG_words "$at${at:+ }$word"; then
                        at="$at${at:+ }$word"
                    fi
                done
                if [[ -z $option && -z $ended && $cur == --*=* ]]; then
                    option=${cur%%=*}
                    compset -P 1 '*='
                fi
                if [[ -n $option ]]; then
                    _PROG_value "$at" "$option" || return 1
                elif [[ -z $ended && $cur == -* ]]; then
                    _PROG_options "$at" || return 1
                else
                    _PROG_words "$at" || return 1
                fi
                case ${reply[1]} in
                    '') return 1 ;;
                    :file) _files ;;
                    :directory) _files -/ ;;
                    *) _describe 'PROG' reply ;;
                esac
            }

            if [[ ${funcstack[1]} == _PROG ]]; then
                _PROG "$@"
            else
                compdef _PROG PROG
            fi
            """;

    private ZshScript() {}

    static String of(String program, List<CompletionNode> nodes) {
        StringBuilder script = new StringBuilder("#compdef " + program + "\n\n");
        begin(script, program + "_words", "$1");
        for (CompletionNode node : nodes) {
            row(script, ShellText.quoted(node.path()), following(node));
        }
        end(script);
        begin(script, program + "_options", "$1");
        for (CompletionNode node : nodes) {
            row(script, ShellText.quoted(node.path()), options(node.options()));
        }
        end(script);
        begin(script, program + "_value", "$1 $2");
        for (CompletionNode node : nodes) {
            for (OptionSpec option : node.options()) {
                if (CompletionNode.takesNextWord(option)) {
                    row(script, pattern(node.path(), option), split(ShellText.values(option.kind(), option.choices())));
                }
            }
        }
        end(script);
        return script.append(WALK.replace("PROG", program)).toString();
    }

    private static void begin(StringBuilder script, String name, String subject) {
        script.append('_')
                .append(name)
                .append("() {\n    case \"")
                .append(subject)
                .append("\" in\n");
    }

    private static void row(StringBuilder script, String pattern, String reply) {
        script.append("        ")
                .append(pattern)
                .append(") reply=(")
                .append(reply)
                .append(") ;;\n");
    }

    private static void end(StringBuilder script) {
        script.append("        *) return 1 ;;\n    esac\n}\n\n");
    }

    private static String pattern(String path, OptionSpec option) {
        List<String> patterns = new ArrayList<>();
        for (String spelling : CompletionNode.spellings(option)) {
            patterns.add(ShellText.quoted(path + " " + spelling));
        }
        return String.join(" | ", patterns);
    }

    private static String following(CompletionNode node) {
        List<String> words = new ArrayList<>();
        for (Word command : node.commands()) {
            words.add(described(command.text(), command.meaning()));
        }
        return words.isEmpty() ? split(ShellText.following(node)) : String.join(" ", words);
    }

    private static String options(List<OptionSpec> options) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : options) {
            words.add(described("--" + option.name(), option.description()));
        }
        return String.join(" ", words);
    }

    // Without a word between the quotes the array would have one empty element, which means "nothing to offer" above.
    private static String split(String words) {
        return words.isEmpty() ? "''" : words.startsWith(":") ? ShellText.quoted(words) : words;
    }

    // _describe splits at the first colon that no backslash precedes.
    private static String described(String word, String meaning) {
        return ShellText.quoted(word.replace(":", "\\:") + ":" + meaning);
    }
}
