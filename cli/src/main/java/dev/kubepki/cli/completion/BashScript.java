package dev.kubepki.cli.completion;

import dev.kubepki.cli.frame.OptionSpec;
import java.util.ArrayList;
import java.util.List;

/// For bash 3.2 and up, without the bash-completion package. Three functions hold the table; one walks the line.
final class BashScript {
    private static final String WALK = """
            _PROG() {
                local cur=${COMP_WORDS[COMP_CWORD]} at='' option='' ended='' prefix='' word REPLY i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == '=' ]]; then
                        option=${option:-=}
                    elif [[ -n $option ]]; then
                        option=''
                    elif [[ -z $ended && $word == '--' ]]; then
                        ended=yes
                    elif [[ -z $ended && $word == -* ]]; then
                        if _PROG_value "$at" "$word"; then option=$word; fi
                    elif _PROG_words "$at${at:+ }$word"; then
                        at="$at${at:+ }$word"
                    fi
                done
                if [[ $cur == '=' ]]; then
                    cur='' option=${option:-=}
                elif [[ -z $ended && $cur == --*=* ]]; then
                    option=${cur%%=*} prefix=${cur%%=*}= cur=${cur#*=}
                fi
                if [[ -n $option ]]; then
                    _PROG_value "$at" "$option" || return 0
                elif [[ -z $ended && $cur == -* ]]; then
                    _PROG_options "$at" || return 0
                elif ! _PROG_words "$at" || [[ -z $REPLY ]]; then
                    return 0
                fi
                case $REPLY in
                    :file | :directory)
                        compopt -o filenames 2>/dev/null
                        local kind=-f
                        if [[ $REPLY == :directory ]]; then kind=-d; fi
                        while IFS= read -r word; do
                            COMPREPLY+=("$prefix$word")
                        done < <(compgen "$kind" -- "$cur")
                        ;;
                    *) COMPREPLY=($(compgen -P "$prefix" -W "$REPLY" -- "$cur")) ;;
                esac
            }

            complete -F _PROG PROG
            """;

    private BashScript() {}

    static String of(String program, List<CompletionNode> nodes) {
        StringBuilder script = new StringBuilder(
                "# Completion of " + program + " for bash: source <(" + program + " completion bash)\n\n");
        begin(script, program + "_words", "$1");
        for (CompletionNode node : nodes) {
            row(script, ShellText.quoted(node.path()), ShellText.following(node));
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
                    row(script, pattern(node.path(), option), ShellText.values(option.kind(), option.choices()));
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
                .append(") REPLY=")
                .append(ShellText.quoted(reply))
                .append(" ;;\n");
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

    private static String options(List<OptionSpec> options) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : options) {
            words.add("--" + option.name());
        }
        return String.join(" ", words);
    }
}
