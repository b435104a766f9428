// embellie-glprobe: says in one line of JSON whether OpenGL can draw here without a display, and by what. A
// program of its own, since drivers crash and hang; links nothing but libdl, since it runs at every start.

#include "gui/draw/egl.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

std::string quoted(const std::string& text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            json += '\\';
        json += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return json + '"';
}

/// The answer is said: what drivers do at a program's end can no longer spoil it.
[[noreturn]] void end() {
    std::fflush(stdout);
    std::_Exit(0);
}

} // namespace

int main() {
    const embellie::EglContext::Opened opened = embellie::EglContext::open();
    if (!opened.context) {
        std::printf("{\"works\": false, \"reason\": %s}\n", quoted(opened.reason).c_str());
        end();
    }
    const embellie::EglContext& context = *opened.context;
    std::printf("{\"works\": true, \"device\": %s, \"renderer\": %s, \"version\": %s, \"software\": %s}\n",
                quoted(context.device()).c_str(), quoted(context.renderer()).c_str(),
                quoted(context.version()).c_str(), context.isSoftware() ? "true" : "false");
    end();
}
