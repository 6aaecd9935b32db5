// Two stores while the contents of one move to the other: put in the first, read from whichever has them.
#pragma once

#include <memory>

#include "piece/magasin.hpp"

namespace piece {

class MagasinDouble final : public Magasin {
public:
    MagasinDouble(std::unique_ptr<Magasin> premier, std::unique_ptr<Magasin> repli)
        : premier_(std::move(premier)), repli_(std::move(repli))
    {}

    void garder(Lecture&, const std::stop_token& = {}) override;
    [[nodiscard]] std::unique_ptr<Lecture> ouvrir(std::string_view sha256) const override;
    [[nodiscard]] bool existe(std::string_view sha256) const override;
    /// From both: what is erased is nowhere.
    bool retirer(std::string_view sha256, std::chrono::seconds repos) override;
    /// A content that both have is visited twice.
    void parcourir(std::chrono::seconds repos,
                   const std::function<void(const std::string& sha256)>&) const override;
    /// Not `proposee` as soon as one of the two bears another.
    std::string marque(std::string_view proposee) override;
    [[nodiscard]] bool distant() const override { return premier_->distant(); }

private:
    std::unique_ptr<Magasin> premier_, repli_;
};

} // namespace piece
